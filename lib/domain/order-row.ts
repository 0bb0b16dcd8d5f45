import type { Currency } from "./currency.ts";
import type { Verdict } from "./verdict.ts";

/** An order as lists show it, without anything of the customer but the wallet. */
export type OrderRow = {
  readonly id: string;
  readonly account: string;
  readonly orderNo: string;
  readonly storeName: string;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly amountMinor: number | null;
  readonly wallet: string | null;
  /** When it was paid, else first seen; ISO text to the microsecond. */
  readonly at: string;
  readonly verdict: Verdict;
};
