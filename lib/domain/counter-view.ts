import type { GatewayHealth } from "./gateway-health.ts";
import type { GatewayId } from "./gateway-id.ts";
import type { MoneyOpState } from "./money-op.ts";
import type { OrderRow } from "./order-row.ts";
import type { RequestStatus } from "./refund.ts";

/** An own refund request and what became of it; instants as ISO text. */
export type CounterRequest = {
  readonly requestNo: string;
  readonly account: string;
  readonly orderNo: string;
  readonly amountMinor: number;
  readonly currency: OrderRow["currency"];
  readonly status: RequestStatus;
  /** Where its money is; null until it was approved. */
  readonly opState: MoneyOpState | null;
  readonly answer: string | null;
  readonly at: string;
  readonly timeZone: string;
};

/** How a merchant account's gateway stands. */
export type CounterLane = {
  readonly account: string;
  readonly gateway: GatewayId;
  readonly storeName: string;
  readonly timeZone: string;
  readonly health: GatewayHealth;
  readonly quietUntil: string | null;
  readonly lastAnswerAt: string | null;
  /** Refunds are kept back on this account (a wrong key …). */
  readonly isSendingPaused: boolean;
};

/** What the Counter shows and its address answers. */
export type CounterView = {
  readonly serverNow: string;
  readonly timeZone: string;
  readonly hasStores: boolean;
  /** Orders this device looked up last, newest first. */
  readonly recent: readonly (OrderRow & { readonly lookedUpAt: string })[];
  readonly requests: readonly CounterRequest[];
  readonly lanes: readonly CounterLane[];
  /** Requests that wait for this person to decide; null: they decide none. */
  readonly waiting: number | null;
  /** Outcomes nobody knows for five minutes, in this person's stores; null: not theirs to follow. */
  readonly overdue: number | null;
};
