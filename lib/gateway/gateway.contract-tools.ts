import "server-only";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { GatewayOrderState } from "#lib/domain/gateway-facts.ts";
import type { CallOptions, DeclineReason, Gateway, GatewayOutcome, RefundOrder } from "./gateway.ts";

/** What a simulator can be told to do to its next answer. `lost-before`: nothing took effect; in all others the effect did, except `http-error` and `redirect`. */
export const contractFaults = [
  "lost-before",
  "lost-after",
  "garbage",
  "empty",
  "truncated",
  "wrong-key",
  "wrong-echo",
  "missing-code",
  "bare-code",
  "huge",
  "redirect",
  "http-error",
] as const;
export type ContractFault = (typeof contractFaults)[number] | "slow-bytes";

/** A gateway with its simulator, as the contract needs them. Amounts in minor units of the gateway's currency. */
export type ContractHarness = {
  readonly gateway: Gateway;
  /** The same account at an address where nobody listens. */
  readonly nowhere: Gateway;
  /** The same account with a wrong refund secret. */
  readonly wrongSecret: Gateway;
  /** Texts that may never show in an outcome. */
  readonly secrets: readonly string[];
  /** How the gateway's orders read: some have no word for an order that is over unpaid. */
  readonly reads: Readonly<Record<"waiting" | "paid" | "not-paid", GatewayOrderState>>;
  /** How it refuses a refund number used before, and a refund of what went back already. */
  readonly refuses: { readonly sameNumber: DeclineReason; readonly secondRefund: DeclineReason };
  /** `handles` of an order that need not exist, so that calls about one get as far as the wire. */
  readonly anyHandles: Readonly<Record<string, string>>;
  /** Makes an order at the simulator and returns its number. */
  makeOrder(state: "waiting" | "paid" | "not-paid", amountMinor: number): Promise<string>;
  breakNext(fault: ContractFault): Promise<void>;
  mend(): Promise<void>;
  /** How often and how much money really went back. */
  refundsOf(orderNo: string): Promise<readonly number[]>;
  /** How many calls ever reached the simulator. */
  arrivals(): Promise<number>;
  close(): Promise<void>;
};

/** Time enough for any answer on this machine. */
export const soon: CallOptions = { deadlineMs: 3_000 };
/** The amount of every order of the contract. */
export const amountMinor = 1_000;

/** A gateway under contract: the harness once it runs, and the calls every test is made of. */
export function contractTools(start: () => Promise<ContractHarness>) {
  let running: ContractHarness | null = null;
  let serial = 0;
  beforeAll(async () => {
    running = await start();
  });
  afterEach(() => running?.mend());
  afterAll(() => running?.close());
  const harness = () => {
    if (running === null) throw new Error("the harness runs only inside tests");
    return running;
  };
  const refundOf = (orderNo: string, more: Partial<RefundOrder> = {}): RefundOrder => {
    serial += 1;
    const refundNo = `R${String(serial).padStart(8, "0")}`;
    const texts = { reason: "壞了 😡 #1", cashier: "王小明陳大文林小美張", storeCode: "00001" };
    return {
      orderNo,
      refundNo,
      refundMinor: amountMinor,
      orderAmountMinor: amountMinor,
      ...texts,
      handles: harness().anyHandles,
      ...more,
    };
  };
  /** A refund as the clerk sends it: with the handles of a fresh query. */
  const refundAfterQuery = async (orderNo: string, more: Partial<RefundOrder> = {}): Promise<RefundOrder> => {
    const asked = await harness().gateway.queryOrder(orderNo, soon);
    if (asked.outcome !== "done") throw new Error(`the query before the refund was ${asked.outcome}`);
    return refundOf(orderNo, { handles: asked.value.handles, ...more });
  };
  const range = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) };
  /** Every kind of call, on an order that need not exist. */
  const everyCall = (gateway: Gateway, options: CallOptions): Promise<GatewayOutcome<unknown>>[] => [
    gateway.queryOrder("NOSUCH1", options),
    gateway.cancelOrder("NOSUCH1", options),
    gateway.refund(refundOf("NOSUCH1"), options),
    ...(gateway.listOrders ? [gateway.listOrders({ ...range, state: "paid" }, options)] : []),
    ...(gateway.listTransactions ? [gateway.listTransactions(range, options)] : []),
    ...(gateway.queryRefund ? [gateway.queryRefund(refundOf("NOSUCH1"), options)] : []),
    ...(gateway.listRefunds ? [gateway.listRefunds(refundOf("NOSUCH1"), options)] : []),
  ];
  return { harness, refundAfterQuery, range, everyCall };
}
/** What a test of the contract works with. */
export type Tools = ReturnType<typeof contractTools>;
