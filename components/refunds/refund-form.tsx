"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { useRefusalWords } from "#components/forms/refusal-words.ts";
import { card, classes, textLink } from "#components/ui/styles.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import type { Currency } from "#lib/domain/currency.ts";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import { formatMoney, parseAmount, toDecimalText } from "#lib/domain/money.ts";
import type { OwnLimitFacts } from "#lib/domain/own-limit.ts";
import { paths } from "#lib/domain/paths.ts";
import { RefundFields } from "./refund-fields.tsx";
import { RefundOutlook } from "./refund-outlook.tsx";
import { type Reservations, ReservedBy } from "./reserved-by.tsx";
import { type RefundFields as Fields, resolveRefund } from "./resolve-refund.ts";

export type RefundFormProps = {
  /** This form's own address, where signing in leads back to. */
  here: string;
  currency: Currency;
  timeZone: string;
  storeName: string;
  staffName: string;
  own: OwnLimitFacts;
  reasons: readonly string[];
  restMinor: number;
  takes: Pick<Capabilities["refund"], "canPartial" | "reasonLengthMax" | "cashierLengthMax">;
  /** What the fields hold at first. */
  start: Fields;
};
type Props = RefundFormProps & {
  onChange: (fields: Fields) => void;
  /** Sends; null: the page moves on or is being loaded anew. */
  onSend: (fields: Fields) => Promise<ActionAnswer["refusal"] | null>;
};

const names = ["amount", "reason", "note"] as const;
/** The page's head stays in sight: a field that gets the focus must not come to lie under it. */
const clearOfHead = "[&_input]:scroll-mt-44 [&_select]:scroll-mt-44 [&_textarea]:scroll-mt-44";
const aboutAmount = ["moreThanRemains", "nothingRemains", "fullOnly"];

/** The refund form: fields, what is wrong with them on top, what the gateway will be told, and who decides. */
export function RefundForm({ onChange, onSend, ...props }: Props) {
  const { here, currency, timeZone, restMinor, takes, start } = props;
  const t = useTranslations();
  const words = useRefusalWords({ timeZone, currency });
  const resolver = useMemo(() => resolveRefund(currency, (why) => words({ why })), [currency, words]);
  // What the server refused stays until it is changed: going away at a blur, its links would be gone before they are clicked.
  const form = useForm<Fields>({ defaultValues: start, resolver, reValidateMode: "onChange" });
  const { errors, isSubmitting } = form.formState;
  const values = form.watch();
  const [reserved, setReserved] = useState<Reservations>([]);
  useEffect(() => {
    const { unsubscribe } = form.watch((draft) => {
      const { amount = "", reason = "", note = "" } = draft;
      onChange({ amount, reason, note });
    });
    return unsubscribe;
  }, [form, onChange]);
  async function send(fields: Fields) {
    const refusal = await onSend(fields);
    if (!refusal) return;
    const faults = names.filter((name) => refusal.fields?.[name]);
    for (const name of faults) {
      const why = refusal.fields?.[name] ?? refusal.why;
      form.setError(name, { type: why, message: words({ why }) }, { shouldFocus: name === faults[0] });
    }
    if (aboutAmount.includes(refusal.why)) {
      form.setError("amount", { type: refusal.why, message: words(refusal) }, { shouldFocus: true });
    } else if (faults.length === 0) form.setError("root", { type: refusal.why, message: words(refusal) });
    setReserved(refusal.reservedBy ?? []);
  }
  const parsed = parseAmount(values.amount, currency);
  const asked = parsed.ok ? { amountMinor: parsed.value, currency } : null;
  const rest = { amountMinor: restMinor, currency };
  const labels = { amount: t("refund.amount"), reason: t("refund.reason"), note: t("refund.note") };
  return (
    <form onSubmit={form.handleSubmit(send)} noValidate className={classes(card, "grid gap-5", clearOfHead)}>
      <ErrorSummary fields={names.filter((name) => errors[name]).map((id) => ({ id, name: labels[id] }))}>
        {errors.root ? <p className="font-semibold">{errors.root.message}</p> : null}
        {errors.root?.type === "signedOut" ? (
          <Link href={paths.signInTo(here)} className={textLink}>
            {t("refund.signInAgain")}
          </Link>
        ) : null}
        {errors.amount && reserved.length > 0 ? <ReservedBy requests={reserved} /> : null}
      </ErrorSummary>
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-[3fr_2fr]">
        <div className="grid content-start gap-5">
          <RefundFields
            form={form}
            rest={{ typed: toDecimalText(rest), words: formatMoney(rest) }}
            canPartial={takes.canPartial}
            reasons={props.reasons}
          />
        </div>
        <RefundOutlook {...{ ...props, asked, typed: values }} isBusy={isSubmitting} />
      </div>
    </form>
  );
}
