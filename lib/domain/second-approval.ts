import type { Currency } from "./currency.ts";
import { type AmountRefusal, parseAmount, parseCount } from "./money.ts";
import { ok, type Result } from "./result.ts";

/**
 * Whether a refund of this amount takes two different managers, by its store's rule; `aboveMinor` itself still takes one.
 * Null: this store asks for two never. Amounts in minor units.
 */
export function needsTwo(amountMinor: number, aboveMinor: number | null): boolean {
  return aboveMinor !== null && amountMinor > aboveMinor;
}

/** How two approvals of one request stand. `first` null: nobody approved yet, or on facts that have changed. */
export type PairNow = {
  readonly aboveMinor: number;
  readonly first: {
    readonly by: string | null;
    /** Whom they stood in for; null: nobody. */
    readonly byFor: string | null;
    readonly at: string;
    readonly isOwn: boolean;
  } | null;
};

/** Reads the amount as an owner types it: nothing is "never", zero is "every refund". */
export function readSecondAbove(typed: string, currency: Currency): Result<number | null, AmountRefusal> {
  if (typed.trim() === "") return ok(null);
  return parseCount(typed) === 0 ? ok(0) : parseAmount(typed, currency);
}
