import type { CounterLane } from "./counter-view.ts";

/** How a merchant account's gateway stands and how much it is asked. */
export type GatewayStatus = CounterLane & {
  /** How long it takes to answer, a mean of the last answers in ms; null: it has not answered yet. */
  readonly answerMs: number | null;
  /** Of what may be asked, how much was asked in the last minutes: 0 to 100. Accounts of one merchant share it. */
  readonly usedPercent: number;
  /** Questions and sends that are due and wait their turn at this gateway. */
  readonly waiting: number;
  /** Hours of the store's clock, `HH:MM`, in which nothing is sent; null: none. */
  readonly quietHours: { readonly from: string; readonly to: string } | null;
};

/** What the page of the gateways shows and its address answers; instants as ISO text. */
export type StatusView = {
  readonly serverNow: string;
  readonly timeZone: string;
  /** Of the program that answered. */
  readonly version: string;
  /** Which build of it: ten hex digits of the hash of its sources, the same wherever the same sources were built. */
  readonly build: string;
  /** Nothing is sent for any account since the books were restored. */
  readonly isSendingOff: boolean;
  readonly gateways: readonly GatewayStatus[];
};
