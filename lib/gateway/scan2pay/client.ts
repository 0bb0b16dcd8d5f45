import "server-only";
import type { Capabilities, GatewayOrderState, OrderFacts } from "#lib/domain/gateway-facts.ts";
import { limits } from "#lib/domain/limits.ts";
import { cutText } from "../cut-text.ts";
import type {
  CallOptions,
  Gateway,
  GatewayOutcome,
  ListRange,
  OrderRow,
  RefundDone,
  RefundOrder,
  TransactionRow,
} from "../gateway.ts";
import { type Answer, callScan2Pay, notSent, readDone, type Wire } from "./call.ts";
import { verifyScan2PayNotice } from "./notice.ts";
import { fromTaipeiText, toTaipeiText } from "./taipei-time.ts";
import { methodUnspecified } from "./wallets.ts";
import {
  orderDataSchema,
  orderRowSchema,
  refundDataSchema,
  rowsSchema,
  transactionRowSchema,
} from "./wire.ts";

const minuteMs = 60_000;
const deviceInfo = "skb0001";

/** What a Scan2Pay account can do (protocol 4.6, 4.7, section 9). The reason's length is ASSUMED: the vendor publishes none. */
export function scan2payCapabilities({ canRefundPart }: { readonly canRefundPart: boolean }): Capabilities {
  return {
    currency: "TWD",
    orderNoLengthMax: 20,
    cancel: { offeredForMs: 14 * minuteMs, windowMs: 15 * minuteMs, isProvisional: true },
    refund: {
      canPartial: canRefundPart,
      canQuery: false,
      reasonLengthMax: 100,
      cashierLengthMax: 8,
      elsewhereWalletPrefixes: ["3"],
    },
    canListOrders: true,
    quietTimeMs: limits.quietTimeMs,
    canResend: false,
  };
}

/** OrderStatus and RefundedMsg in our words (protocol 4.3): status 3 alone is no proof that money went back. */
export function orderState(status: string | null, refundedMsg: string | null): GatewayOrderState {
  switch (status) {
    case "0":
      return "waiting";
    case "1":
      return "paid";
    case "2":
      return "not-paid";
    case "3":
      if (refundedMsg === "Refund success") return "refunded";
      return refundedMsg === "Refund fail" ? "refund-failed" : "refund-accepted";
    default:
      return "unsure";
  }
}

const walletOf = (method: string | null) => (method === methodUnspecified ? null : method);

function readFacts(orderNo: string, { header, data }: Answer): OrderFacts | null {
  const read = orderDataSchema.safeParse(data);
  if (!read.success) return null;
  const { OrderStatus, RefundedMsg, TotalFee, SysOrderNo, Body, PaidAt } = read.data;
  return {
    orderNo,
    state: orderState(OrderStatus, RefundedMsg),
    amountMinor: TotalFee,
    currency: "TWD",
    gatewayOrderNo: SysOrderNo,
    wallet: walletOf(header.Method),
    title: Body,
    paidAt: PaidAt,
    handles: {},
  };
}

/** Rows of a list answer; one row that does not fit spoils the list, for a missing row could be the one that matters. */
function readRows<T>({ data }: Answer, row: (value: unknown) => T | null): readonly T[] | null {
  const rows = rowsSchema.safeParse(data);
  if (!rows.success) return null;
  const read = rows.data.map(row);
  return read.every((one) => one !== null) ? read : null;
}

/** Code 2000 in a list means: no rows (section 9, row 15). */
function emptyWhenNone<T>(outcome: GatewayOutcome<readonly T[]>): GatewayOutcome<readonly T[]> {
  const isNone = outcome.outcome === "declined" && outcome.reason === "not-found";
  return isNone ? { outcome: "done", value: [], evidence: outcome.evidence } : outcome;
}

const listStatus = { waiting: "0", paid: "1", "not-paid": "2" } as const;

async function listOrders(
  wire: Wire,
  range: ListRange & { readonly state: keyof typeof listStatus },
  options: CallOptions,
) {
  const data = {
    StartDate: toTaipeiText(range.from),
    EndDate: toTaipeiText(range.to),
    OrderStatus: listStatus[range.state],
  };
  const outcome = await callScan2Pay(wire, { service: "OrderQuery", data, echo: {} }, options);
  const read = (value: unknown): OrderRow | null => {
    const row = orderRowSchema.safeParse(value);
    if (!row.success) return null;
    const { StoreOrderNo, SysOrderNo, TotalFee, RefundStatus, Method, Description } = row.data;
    if (StoreOrderNo === null || TotalFee === null) return null;
    const state = RefundStatus === null ? range.state : orderState("3", RefundStatus);
    return {
      orderNo: StoreOrderNo,
      gatewayOrderNo: SysOrderNo,
      amountMinor: TotalFee,
      state,
      wallet: walletOf(Method),
      title: Description,
    };
  };
  return emptyWhenNone(readDone(outcome, (answer) => readRows(answer, read)));
}

async function listTransactions(wire: Wire, range: ListRange, options: CallOptions) {
  const day = (at: Date) => toTaipeiText(at).slice(0, 8);
  const data = { StartDate: day(range.from), EndDate: day(range.to) };
  const outcome = await callScan2Pay(wire, { service: "OrderQuery1.1", data, echo: {} }, options);
  const read = (value: unknown): TransactionRow | null => {
    const row = transactionRowSchema.safeParse(value);
    if (!row.success) return null;
    const { StoreOrderNo, SysOrderNo, Amount, Status, TranDate, TranDayTime, Method } = row.data;
    if (StoreOrderNo === null || Amount === null) return null;
    return {
      orderNo: StoreOrderNo,
      gatewayOrderNo: SysOrderNo,
      amountMinor: Amount,
      isRefund: Amount < 0,
      isSuccess: Status === "Trade success" || Status === "Refund success",
      at: fromTaipeiText(`${TranDate ?? ""}${TranDayTime ?? ""}`),
      wallet: Method,
    };
  };
  return emptyWhenNone(readDone(outcome, (answer) => readRows(answer, read)));
}

async function refund(
  wire: Wire,
  order: RefundOrder,
  options: CallOptions,
): Promise<GatewayOutcome<RefundDone>> {
  const { account, now } = wire;
  const isPart = order.refundMinor !== order.orderAmountMinor;
  const isSound =
    Number.isSafeInteger(order.refundMinor) &&
    order.refundMinor > 0 &&
    order.refundMinor <= order.orderAmountMinor;
  if (!isSound || (isPart && !account.canRefundPart)) return notSent("our-request", now());
  const { reasonLengthMax, cashierLengthMax } = scan2payCapabilities(account).refund;
  const cashier = cutText(order.cashier, cashierLengthMax);
  const data = {
    StoreRefundNo: order.refundNo,
    StoreOrderNo: order.orderNo,
    DeviceInfo: deviceInfo,
    RefundKey: account.refundKey,
    RefundFee: account.stringFees ? String(order.refundMinor) : order.refundMinor,
    RefundedMsg: cutText(order.reason, reasonLengthMax) || "refund",
    ...(order.storeCode === "" ? {} : { StoreInfo: cutText(order.storeCode, 16) }),
    ...(cashier === "" ? {} : { Cashier: cashier }),
  };
  const echo = { orderNo: order.orderNo, refundNo: order.refundNo };
  const outcome = await callScan2Pay(wire, { service: "Refund", data, echo }, options);
  if (outcome.outcome === "declined" && outcome.evidence.code === "7110" && isPart)
    return { ...outcome, reason: "partial-not-allowed" };
  return readDone(outcome, ({ data: done }) => {
    const read = refundDataSchema.safeParse(done);
    return read.success ? { gatewayRefundNo: read.data.SysRefundNo, refundedAt: read.data.RefundedAt } : null;
  });
}

/** A line to Scan2Pay. The account's keys live in this closure; `now` is the clock of CreateTime. */
export function scan2payClient(wire: Wire): Gateway {
  const { account } = wire;
  return {
    id: "scan2pay",
    capabilities: scan2payCapabilities(account),
    queryOrder: async (orderNo, options) =>
      readDone(
        await callScan2Pay(
          wire,
          { service: "SingleOrderQuery", data: { StoreOrderNo: orderNo }, echo: { orderNo } },
          options,
        ),
        (answer) => readFacts(orderNo, answer),
      ),
    cancelOrder: async (orderNo, options) => {
      const data = { StoreOrderNo: orderNo, RefundKey: account.refundKey };
      const outcome = await callScan2Pay(wire, { service: "CancelOrder", data, echo: { orderNo } }, options);
      return readDone(outcome, () => ({ orderNo }));
    },
    refund: (order, options) => refund(wire, order, options),
    listOrders: (range, options) => listOrders(wire, range, options),
    listTransactions: (range, options) => listTransactions(wire, range, options),
    verifyNotice: (rawBody) => verifyScan2PayNotice(account, rawBody),
  };
}
