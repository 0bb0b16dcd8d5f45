import type { Currency } from "./currency.ts";
import type { MoneyOpKind } from "./money-op.ts";
import type { MoneyStep } from "./money-step.ts";
import type { MoneySums, RequestStatus } from "./refund.ts";
import type { Verdict } from "./verdict.ts";

/** One thing that happened; `what` is a message key under `timeline`, `no` the number of the request or operation. */
export type TimelineEvent = {
  readonly at: string;
  readonly what:
    | "seen"
    | "paid"
    | "asked"
    | "byRule"
    | RequestStatus
    | MoneyOpKind
    | `${MoneyOpKind}_${"SUCCEEDED" | "FAILED"}`;
  readonly no: string;
};

/** What the order page shows; instants as ISO text, amounts in minor units. */
export type OrderView = {
  readonly account: string;
  readonly orderNo: string;
  readonly storeName: string;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly verdict: Verdict;
  readonly amountMinor: number | null;
  readonly sums: MoneySums;
  readonly wallet: string | null;
  readonly title: string | null;
  readonly gatewayOrderNo: string | null;
  readonly paidAt: string | null;
  readonly asOf: string | null;
  readonly isSettled: boolean;
  readonly cancelUntil: string | null;
  readonly canCancel: boolean;
  /** It still waits for payment and its time to cancel has run out. */
  readonly isCancelOver: boolean;
  readonly canRefund: boolean;
  readonly canPartial: boolean;
  /** Where the money of its last request or operation stands; null: nothing was ever asked. */
  readonly step: MoneyStep | null;
  /** The request that waits, for those who may open it. */
  readonly openRequestNo: string | null;
  readonly timeline: readonly TimelineEvent[];
};

/** What the status address answers: the order as our books have it, how fresh that is, and when the gateway is asked next. */
export type OrderStatus = {
  readonly state: Verdict;
  readonly asOf: string | null;
  /** Nothing more happens by itself and no question is on its way: pages stop asking. */
  readonly isDone: boolean;
  /** About when the gateway is asked about this order again; null: no question is planned. */
  readonly nextCheckAt: string | null;
  /** Orders of this merchant account that somebody looks at now. */
  readonly watchers: number;
  /** How far apart two answers about one order lie while so many are watched, in ms. */
  readonly targetAgeMs: number;
  /** The gateway is left alone until then; null: it is being asked. */
  readonly quietUntil: string | null;
  /** The database's clock when this was read. */
  readonly serverNow: string;
  readonly order: OrderView;
};
