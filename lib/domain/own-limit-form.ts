import type { Currency } from "./currency.ts";
import { limits as house } from "./limits.ts";
import { type AmountRefusal, parseAmount, parseCount } from "./money.ts";
import type { OwnLimits } from "./own-limit.ts";
import { ok, type Result, refuse } from "./result.ts";

/** Own limits as an owner types them. */
export type TypedLimits = {
  readonly perRefund: string;
  readonly dayCount: string;
  readonly daySum: string;
  readonly saleDays: string;
};
export type LimitFaults = Partial<Record<keyof TypedLimits, AmountRefusal | "notACount" | "daySumTooSmall">>;

/** An amount as in the refund form, or a plain zero: none at all. */
function parseMost(typed: string, currency: Currency): Result<number, AmountRefusal> {
  return parseCount(typed) === 0 ? ok(0) : parseAmount(typed, currency);
}

/**
 * Reads own limits, or says what is wrong with each field. A day's sum below one refund of the full limit would promise
 * what it does not keep, and is refused.
 */
export function readLimits(typed: TypedLimits, currency: Currency): Result<OwnLimits, LimitFaults> {
  const perRefund = parseMost(typed.perRefund, currency);
  const daySum = parseMost(typed.daySum, currency);
  const counts = {
    dayCount: within(parseCount(typed.dayCount), house.ownDayCountTop),
    saleDays: within(parseCount(typed.saleDays), house.ownSaleAgeTopDays),
  };
  const faults: LimitFaults = {
    ...(perRefund.ok ? {} : { perRefund: perRefund.refusal }),
    ...(counts.dayCount === null ? { dayCount: "notACount" as const } : {}),
    ...(daySum.ok ? {} : { daySum: daySum.refusal }),
    ...(counts.saleDays === null ? { saleDays: "notACount" as const } : {}),
  };
  if (!perRefund.ok || !daySum.ok || counts.dayCount === null || counts.saleDays === null)
    return refuse(faults);
  if (daySum.value < perRefund.value) return refuse({ daySum: "daySumTooSmall" });
  return ok({
    currency,
    perRefundMinor: perRefund.value,
    dayCountMax: counts.dayCount,
    daySumMinor: daySum.value,
    saleAgeMaxDays: counts.saleDays,
  });
}

const within = (count: number | null, top: number) => (count !== null && count <= top ? count : null);
