"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent, ReactNode } from "react";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { CodeList } from "./code-list.tsx";

type Props = {
  offer: { readonly seedText: string; readonly codes: readonly string[] };
  confirm: Deed;
  begin: Deed;
  /** Where to go once it is on; left out: stay. */
  then?: string;
  /** The QR code. */
  children: ReactNode;
};

/** Three steps: give the app the secret, write the recovery codes down, prove it with a code. Shown until that code came. */
export function FactorOffer({ offer, confirm, begin, then, children }: Props) {
  const t = useTranslations("me.factor");
  const router = useRouter();
  const { run, faults, trouble, isBusy } = useFormDeed(confirm, () => then && router.replace(then));
  const again = useFormDeed(begin, () => undefined);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    await run({ code: new FormData(form).get("code") }, form);
  }
  return (
    <ol className="grid list-decimal gap-5 pl-5 marker:font-semibold">
      <li className="pl-1">
        <div className="grid gap-3">
          <p>{t("scan")}</p>
          {children}
          <p className="text-quiet">
            {t("seed")} <code className="block select-all font-mono text-ink">{offer.seedText}</code>
          </p>
        </div>
      </li>
      <li className="pl-1">
        <div className="grid gap-3">
          <p>{t("codes")}</p>
          <CodeList codes={offer.codes} />
        </div>
      </li>
      <li className="pl-1">
        <form onSubmit={submit} noValidate className="grid gap-4">
          <ErrorSummary fields={[]}>{trouble ?? again.trouble}</ErrorSummary>
          <TextField
            {...{ id: "factor-code", name: "code", inputMode: "numeric", autoComplete: "one-time-code" }}
            label={t("confirmLabel")}
            fault={faults.code}
          />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" isBusy={isBusy}>
              {t("confirm")}
            </Button>
            <Button look="quiet" isBusy={again.isBusy} onClick={() => again.run({}, null)}>
              {t("again")}
            </Button>
          </div>
        </form>
      </li>
    </ol>
  );
}
