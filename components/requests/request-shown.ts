import type { Currency } from "#lib/domain/currency.ts";
import type { RequestState } from "#lib/domain/request-state.ts";

/** A request as lists and pages show it; instants as ISO text. */
export type RequestShown = {
  readonly requestNo: string;
  readonly account: string;
  readonly orderNo: string;
  readonly storeName: string;
  readonly timeZone: string;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly reason: string;
  readonly note: string;
  readonly state: RequestState;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly previousNo: string | null;
  readonly nextNo: string | null;
};
