"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { card } from "#components/ui/styles.ts";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { paths } from "#lib/domain/paths.ts";
import { type RefundReason, refundReasons } from "#lib/domain/refund.ts";

type Draft = { amount: string; reason: RefundReason | ""; note: string };
type Props = {
  account: string;
  orderNo: string;
  /** The whole rest as people type it. */
  rest: string;
  canPartial: boolean;
  send: (input: unknown) => Promise<ActionAnswer>;
};

/** The refund form. The draft stays in this tab until it was sent; a repeated press is the same request. */
export function RefundForm({ account, orderNo, rest, canPartial, send }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const draftKey = `refund:${account}/${orderNo}`;
  const [requestId] = useState(() => crypto.randomUUID());
  const { register, handleSubmit, setError, setFocus, watch, reset, formState } = useForm<Draft>({
    defaultValues: { amount: rest, reason: "", note: "" },
  });
  useEffect(() => {
    const kept = sessionStorage.getItem(draftKey);
    if (kept) reset(JSON.parse(kept));
    const { unsubscribe } = watch((draft) => sessionStorage.setItem(draftKey, JSON.stringify(draft)));
    return unsubscribe;
  }, [draftKey, reset, watch]);
  const words = (why: string, reference = "") =>
    t.has(`errors.${why}`) ? t(`errors.${why}`, { reference, status: "", time: "" }) : t("errors.title");
  async function submit(draft: Draft) {
    const answer = await send({ account, orderNo, clientRequestId: requestId, ...draft });
    if (answer.ok) {
      sessionStorage.removeItem(draftKey);
      router.replace(paths.order(account, orderNo));
      router.refresh();
      return;
    }
    const { why = "unexpected", fields = {}, reference } = answer.refusal ?? {};
    const [name, message] = Object.entries(fields)[0] ?? [];
    if (message && (name === "amount" || name === "reason" || name === "note")) {
      setError(name, { message: words(message) });
      setFocus(name);
    } else if (why === "moreThanRemains" || why === "fullOnly") {
      setError("amount", { message: words(why) });
      setFocus("amount");
    } else setError("root", { message: words(why, reference) });
  }
  const { errors, isSubmitting } = formState;
  return (
    <form onSubmit={handleSubmit(submit)} noValidate className={`${card} grid gap-4`}>
      <p role="alert" className="text-stop-text empty:hidden">
        {errors.root?.message}
      </p>
      <TextField
        id="amount"
        label={t("refund.amount")}
        hint={canPartial ? undefined : t("refund.fullOnly")}
        fault={errors.amount?.message}
        inputMode="decimal"
        autoComplete="off"
        readOnly={!canPartial}
        className="text-right"
        {...register("amount")}
      />
      <SelectField
        id="reason"
        label={t("refund.reason")}
        fault={errors.reason?.message}
        {...register("reason")}
      >
        <option value="">{t("refund.choose")}</option>
        {refundReasons.map((reason) => (
          <option key={reason} value={reason}>
            {t(`refundReason.${reason}`)}
          </option>
        ))}
      </SelectField>
      <TextAreaField id="note" label={t("refund.note")} fault={errors.note?.message} {...register("note")} />
      <p>{t("refund.path")}</p>
      <Button type="submit" isBusy={isSubmitting} busyWord={t("refund.busy")}>
        {t("refund.submit")}
      </Button>
    </form>
  );
}
