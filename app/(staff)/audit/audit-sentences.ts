import "server-only";
import { getFormatter, getTranslations } from "next-intl/server";
import { type Currency, currencies } from "#lib/domain/currency.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { isBuiltIn } from "#lib/domain/refund-reasons.ts";
import { roles } from "#lib/domain/staff.ts";
import type { AuditRow } from "#lib/use-cases/view-audit.ts";

type Facts = AuditRow["facts"];
type Words = Awaited<ReturnType<typeof getTranslations<never>>>;

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

const deputyOf = (facts: Facts) => ({
  deputy: String(facts.name ?? ""),
  from: String(facts.fromOn ?? ""),
  until: String(facts.untilOn ?? ""),
});

const rolesIn = (subject: string | null) => (subject ?? "").split(", ");

/** Why something was refused, in words; without the times and counts that were true at that moment only. */
function refusalWords(t: Words, why: Facts[string] | undefined, status: string): string {
  if (typeof why !== "string") return "";
  const key = [`audit.why.${why}`, `errors.${why}`].find((one) => t.has(one));
  return key ? t(key, { status }) : "";
}

/** Says what an audit line says, in the reader's language: a person's deed, or how an operation moved. */
export async function auditSentences(): Promise<(row: AuditRow) => string> {
  const [t, format] = await Promise.all([getTranslations(), getFormatter()]);
  const roleOf = (name: string) => {
    const known = roles.find((role) => role === name);
    return known ? t(`roles.${known}`) : name;
  };
  const secondWords = (facts: Facts) => ({
    limit: amountOf(facts, "secondAboveMinor") || t("shops.neverTwo"),
    limitBefore: amountOf(facts, "secondBeforeMinor") || t("shops.neverTwo"),
  });
  const listed = (list: Facts[string] = null) =>
    format.list(
      String(list ?? "")
        .split("、")
        .map((one) => (isBuiltIn(one) ? t(`refundReason.${one}`) : one)),
    );
  const reasonOf = ({ outcome, facts: { reason, why, status, role } }: AuditRow) => {
    const word = typeof status === "string" ? t(`requestStatus.${status}`) : "";
    const refused = outcome === "refused" ? refusalWords(t, why, word) : "";
    const asked = typeof reason === "string" && isBuiltIn(reason) ? t(`refundReason.${reason}`) : reason;
    return refused || String(asked ?? (typeof role === "string" ? roleOf(role) : ""));
  };
  const whoOf = (name: string, { for: away }: Facts) =>
    typeof away === "string" ? t("deputy.byFor", { name, away }) : name;
  return (row) => {
    const { action, outcome, name, subject, facts } = row;
    const kind = /^(?:send|settle)-(refund|cancel)$/.exec(action)?.[1]?.toUpperCase();
    const key = kind ? `audit.move.${kind}.${facts.to}` : `audit.sentence.${action}.${outcome}`;
    const orderNo = String(facts.orderNo ?? "");
    return t(key, {
      name: whoOf(name ?? (action === "sign-in" ? t("audit.somebody") : "Storedesk"), facts),
      subject:
        action === "change-sign-in" ? format.list(rolesIn(subject).map(roleOf)) : String(subject ?? ""),
      orderNo,
      amount: amountOf(facts),
      reason: reasonOf(row),
      passkey: String(facts.passkey ?? ""),
      ...("limitMinor" in facts ? ruleNumbers(facts) : {}),
      ...(action === "change-reasons" ? { after: listed(facts.after), before: listed(facts.before) } : {}),
      ...(action.endsWith("-deputy") ? deputyOf(facts) : {}),
      ...(action === "change-second-approval" ? secondWords(facts) : {}),
    });
  };
}
