"use client";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { useReasonWords } from "#components/requests/reason-words.ts";
import { Button } from "#components/ui/button.tsx";
import { card, classes } from "#components/ui/styles.ts";
import { limits } from "#lib/domain/limits.ts";
import { ReasonRow } from "./reason-row.tsx";

/** `text`: what stands in the field; `reason`: what it was, so that the house's own stay theirs in every language. */
type Item = { readonly id: number; readonly reason: string; readonly text: string };

/** The reasons for refunds in their order: words, up, down, away, and one more. Saved as one list. */
export function ReasonsForm({ start, change }: { start: readonly string[]; change: Deed }) {
  const t = useTranslations("reasons");
  const words = useReasonWords();
  const [isSaved, setIsSaved] = useState(false);
  const serial = useRef(start.length);
  const [items, setItems] = useState<readonly Item[]>(() =>
    start.map((reason, id) => ({ id, reason, text: words(reason) })),
  );
  const { run, faults, trouble, isBusy } = useFormDeed(change, () => setIsSaved(true));
  function edit(next: readonly Item[]) {
    setIsSaved(false);
    setItems(next);
  }
  function move(at: number, by: number) {
    const moved = [...items];
    const [item] = moved.splice(at, 1);
    if (item) moved.splice(at + by, 0, item);
    edit(moved);
  }
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reasons = items.map(({ reason, text }) => (text === words(reason) ? reason : text));
    setIsSaved(false);
    await run({ reasons }, event.currentTarget);
  }
  const named = Object.keys(faults).map((id) => ({
    id,
    name: t("nth", { n: Number(id.split(".")[1]) + 1 }),
  }));
  return (
    <form onSubmit={submit} noValidate className={classes(card, "grid max-w-2xl gap-5")}>
      <ErrorSummary fields={named}>{trouble}</ErrorSummary>
      <ol className="grid gap-4">
        {items.map(({ id, text }, at) => (
          <ReasonRow
            key={id}
            {...{ at, text, last: items.length - 1, fault: faults[`reasons.${at}`] }}
            signs={{ up: ArrowUp, down: ArrowDown, away: Trash2 }}
            onType={(typed) => edit(items.map((item) => (item.id === id ? { ...item, text: typed } : item)))}
            onMove={(by) => move(at, by)}
            onDrop={() => edit(items.filter((item) => item.id !== id))}
          />
        ))}
      </ol>
      <div className="flex flex-wrap gap-3">
        <Button
          look="secondary"
          disabled={items.length >= limits.reasonsMax}
          onClick={() => {
            serial.current += 1;
            edit([...items, { id: serial.current, reason: "", text: "" }]);
          }}
        >
          <Plus aria-hidden className="size-5" />
          {t("add")}
        </Button>
        <Button type="submit" isBusy={isBusy}>
          {t("set")}
        </Button>
        <p role="status" className="self-center font-medium text-good-text empty:hidden">
          {isSaved ? t("saved") : null}
        </p>
      </div>
    </form>
  );
}
