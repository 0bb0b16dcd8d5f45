"use client";
import { OctagonX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRefusalWords } from "#components/forms/refusal-words.ts";
import { classes, meanings } from "#components/ui/styles.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { ReservedBy } from "./reserved-by.tsx";

type Props = { refusal: NonNullable<ActionAnswer["refusal"]>; timeZone: string; currency: Currency };

/** Why nothing can be asked for now, and what else there is to do. */
export function RefundRefused({ refusal, timeZone, currency }: Props) {
  const t = useTranslations("refund");
  const words = useRefusalWords({ timeZone, currency });
  return (
    <section className={classes("flex items-start gap-3 rounded-xl border p-5", meanings.stop)}>
      <OctagonX aria-hidden className="mt-1 size-6 shrink-0" />
      <div className="grid gap-1">
        <p className="font-semibold text-lg">{words(refusal)}</p>
        <p>{t("nothingSent")}</p>
        <ReservedBy requests={refusal.reservedBy ?? []} />
      </div>
    </section>
  );
}
