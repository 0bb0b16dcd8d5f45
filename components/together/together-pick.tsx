"use client";
import { ListChecks } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";

type Picked = { readonly nos: readonly string[]; readonly storeId: string | null };
const nothing: Picked = { nos: [], storeId: null };
const PickedNow = createContext<Picked>(nothing);

function readPicked(form: HTMLFormElement): Picked {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=no]:checked")];
  return { nos: boxes.map(({ value }) => value), storeId: boxes[0]?.dataset.storeId ?? null };
}

/** A list whose requests of low risk can be ticked, and the way on to look at the ticked ones side by side. */
export function TogetherPick({ children }: { children: ReactNode }) {
  const t = useTranslations("together");
  const form = useRef<HTMLFormElement>(null);
  const [picked, setPicked] = useState(nothing);
  // Somebody who comes back finds the boxes ticked as they left them.
  useEffect(() => {
    if (form.current) setPicked(readPicked(form.current));
  }, []);
  return (
    <PickedNow value={picked}>
      <form
        ref={form}
        action={paths.together}
        className="grid gap-4"
        onChange={({ currentTarget }) => setPicked(readPicked(currentTarget))}
      >
        {children}
        <div className="sticky bottom-20 flex flex-wrap items-center justify-end gap-x-4 gap-y-2 rounded-xl border border-line bg-page p-3 shadow-lift lg:bottom-4">
          <p className="text-quiet text-sm">{t("pickHint", { max: limits.togetherMax })}</p>
          <Button type="submit" disabled={picked.nos.length === 0} className="min-h-12">
            <ListChecks aria-hidden className="size-5" />
            {t("lookAt")}
            <span className="tabular-nums">{picked.nos.length}</span>
          </Button>
        </div>
      </form>
    </PickedNow>
  );
}

type BoxProps = { requestNo: string; orderNo: string; storeId: string };

/** The box of one request; those of another store rest while one is ticked, and all others once there are enough. */
export function TogetherBox({ requestNo, orderNo, storeId }: BoxProps) {
  const t = useTranslations("together");
  const picked = useContext(PickedNow);
  const isFull = picked.nos.length >= limits.togetherMax && !picked.nos.includes(requestNo);
  const isElsewhere = picked.storeId !== null && picked.storeId !== storeId;
  return (
    <label className="-my-1.5 inline-flex size-11 cursor-pointer items-center justify-center">
      <input
        type="checkbox"
        name="no"
        value={requestNo}
        data-store-id={storeId}
        disabled={isFull || isElsewhere}
        className="size-6 accent-accent"
      />
      <span className="sr-only">{t("pickOne", { orderNo })}</span>
    </label>
  );
}
