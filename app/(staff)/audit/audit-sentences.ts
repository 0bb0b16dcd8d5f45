import "server-only";
import { getTranslations } from "next-intl/server";
import { type Currency, currencies } from "#lib/domain/currency.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { isBuiltIn } from "#lib/domain/refund-reasons.ts";
import type { AuditRow } from "#lib/use-cases/view-audit.ts";

type Facts = AuditRow["facts"];

/** An amount among the facts of a line, in the line's currency. */
function amountOf({ currency, ...facts }: Facts, name = "amountMinor"): string {
  const known = currencies.find((one): one is Currency => one === currency);
  const amountMinor = facts[name];
  return known && typeof amountMinor === "number" ? formatMoney({ amountMinor, currency: known }) : "";
}

/** The numbers by which a rule approved, or those that an owner set and replaced. */
const ruleNumbers = (facts: Facts) => ({
  askedBy: String(facts.askedBy ?? ""),
  limit: amountOf(facts, "limitMinor"),
  count: Number(facts.count ?? 0),
  countMax: Number(facts.countMax ?? 0),
  sum: amountOf(facts, "sumMinor"),
  sumMax: amountOf(facts, "sumMaxMinor"),
  days: Number(facts.saleDays ?? 0),
  daysMax: Number(facts.saleDaysMax ?? 0),
  limitBefore: amountOf(
    { ...facts, currency: facts.currencyBefore ?? facts.currency ?? null },
    "limitBeforeMinor",
  ),
  countBefore: Number(facts.countBeforeMax ?? 0),
  sumBefore: amountOf(
    { ...facts, currency: facts.currencyBefore ?? facts.currency ?? null },
    "sumBeforeMaxMinor",
  ),
  daysBefore: Number(facts.saleDaysBeforeMax ?? 0),
});

/** Says what an audit line says, in the reader's language: a person's deed, or how an operation moved. */
export async function auditSentences(): Promise<(row: AuditRow) => string> {
  const t = await getTranslations();
  const secondWords = (facts: Facts) => ({
    limit: amountOf(facts, "secondAboveMinor") || t("shops.neverTwo"),
    limitBefore: amountOf(facts, "secondBeforeMinor") || t("shops.neverTwo"),
  });
  const listed = (list: Facts[string] = null) =>
    String(list ?? "")
      .split("、")
      .map((one) => (isBuiltIn(one) ? t(`refundReason.${one}`) : one))
      .join("、");
  const reasonOf = ({ reason, why, status, role }: Facts) => {
    const word = typeof status === "string" ? t(`requestStatus.${status}`) : "";
    const isKnown = typeof why === "string" && t.has(`errors.${why}`);
    const refused = isKnown ? t(`errors.${why}`, { status: word, time: "", reference: "", left: "" }) : "";
    const asked = typeof reason === "string" && isBuiltIn(reason) ? t(`refundReason.${reason}`) : reason;
    return String(asked ?? role ?? refused);
  };
  const whoOf = (name: string, { for: away }: Facts) =>
    typeof away === "string" ? t("deputy.byFor", { name, away }) : name;
  return ({ action, outcome, name, subject, facts }) => {
    const kind = /^(?:send|settle)-(refund|cancel)$/.exec(action)?.[1]?.toUpperCase();
    const key = kind ? `audit.move.${kind}.${facts.to}` : `audit.sentence.${action}.${outcome}`;
    const orderNo = String(facts.orderNo ?? "");
    return t(key, {
      name: whoOf(name ?? (action === "sign-in" ? t("audit.somebody") : "Storedesk"), facts),
      subject: String(subject ?? ""),
      orderNo,
      amount: amountOf(facts),
      reason: reasonOf(facts),
      passkey: String(facts.passkey ?? ""),
      ...("limitMinor" in facts ? ruleNumbers(facts) : {}),
      ...(action === "change-reasons" ? { after: listed(facts.after), before: listed(facts.before) } : {}),
      ...(action.endsWith("-deputy")
        ? {
            deputy: String(facts.name ?? ""),
            from: String(facts.fromOn ?? ""),
            until: String(facts.untilOn ?? ""),
          }
        : {}),
      ...(action === "change-second-approval" ? secondWords(facts) : {}),
    });
  };
}
