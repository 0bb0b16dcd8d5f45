import type { FieldErrors, Resolver } from "react-hook-form";
import type { Currency } from "#lib/domain/currency.ts";
import { parseAmount } from "#lib/domain/money.ts";

export type RefundFields = { amount: string; reason: string; note: string };

const names = ["amount", "reason", "note"] as const;

/**
 * Checks the fields before they are sent, by the schema that the server uses too. The schema's library is heavy and comes
 * with the first try to send; where it cannot be fetched the server's word is enough.
 */
export function resolveRefund(currency: Currency, words: (why: string) => string): Resolver<RefundFields> {
  return async (values) => {
    const schema = await import("#lib/domain/forms.ts").then(
      ({ refundDraftForm }) => refundDraftForm,
      () => null,
    );
    const read = schema?.safeParse(values);
    const amount = parseAmount(values.amount, currency);
    const whys = new Map<string, string>();
    for (const issue of read?.error?.issues ?? []) whys.set(String(issue.path[0]), issue.message);
    if (!amount.ok) whys.set("amount", amount.refusal);
    if (whys.size === 0) return { values, errors: {} };
    const errors: FieldErrors<RefundFields> = {};
    for (const name of names) {
      const why = whys.get(name);
      if (why) errors[name] = { type: why, message: words(why) };
    }
    return { values: {}, errors };
  };
}
