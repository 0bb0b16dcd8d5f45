"use client";
import { useTranslations } from "next-intl";
import type { UseFormReturn } from "react-hook-form";
import { useReasonWords } from "#components/requests/reason-words.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { limits } from "#lib/domain/limits.ts";
import { AmountChoice } from "./amount-choice.tsx";
import type { RefundFields as Values } from "./resolve-refund.ts";

type Props = {
  form: UseFormReturn<Values>;
  /** The whole rest: as people type it, and in words. */
  rest: { typed: string; words: string };
  canPartial: boolean;
  /** The reasons to choose from, in their order. */
  reasons: readonly string[];
};

/** Amount, reason and note. Typing an amount is choosing a part; where only the whole goes back, the amount is fixed. */
export function RefundFields({ form, rest, canPartial, reasons }: Props) {
  const t = useTranslations("refund");
  const words = useReasonWords();
  const { register, setValue, setFocus, clearErrors, watch, formState } = form;
  const { errors } = formState;
  const [amount, note] = watch(["amount", "note"]);
  const isWhole = amount === rest.typed;
  function choose(wantsWhole: boolean) {
    clearErrors("amount");
    setValue("amount", wantsWhole ? rest.typed : "", { shouldDirty: true });
    if (!wantsWhole) setFocus("amount");
  }
  return (
    <>
      {canPartial ? <AmountChoice isWhole={isWhole} rest={rest.words} onChoose={choose} /> : null}
      <TextField
        id="amount"
        label={t("amount")}
        hint={canPartial ? undefined : t("fullOnly")}
        fault={errors.amount?.message}
        inputMode="decimal"
        autoComplete="off"
        readOnly={!canPartial}
        className="text-right font-semibold text-lg tabular-nums"
        {...register("amount")}
      />
      <SelectField id="reason" label={t("reason")} fault={errors.reason?.message} {...register("reason")}>
        <option value="">{t("choose")}</option>
        {reasons.map((reason) => (
          <option key={reason} value={reason}>
            {words(reason)}
          </option>
        ))}
      </SelectField>
      <TextAreaField
        id="note"
        label={t("note")}
        hint={t("noteHint", { count: note.length, max: limits.noteLengthMax })}
        fault={errors.note?.message}
        {...register("note")}
      />
    </>
  );
}
