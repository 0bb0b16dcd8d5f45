import type { Currency } from "./currency.ts";
import type { PracticeCase } from "./practice.ts";

/** An order that was made to practise with. `canPay`: nobody has paid it yet. */
export type PracticeMade = {
  readonly account: string;
  readonly orderNo: string;
  readonly practice: PracticeCase;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly canPay: boolean;
  readonly madeAtMs: number;
};

/** What somebody can practise with; what was made lately, the newest first. */
export type PracticeView = {
  readonly accounts: readonly { readonly slug: string; readonly storeName: string }[];
  readonly made: readonly PracticeMade[];
};
