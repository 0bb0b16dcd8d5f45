import "server-only";
import { cutText } from "#lib/domain/cut-text.ts";
import { reasonStandIn } from "#lib/domain/gateway-words.ts";
import type { CallOptions, GatewayOutcome, RefundDone, RefundOrder } from "../../gateway.ts";
import { cashierLengthMax, reasonLengthMax, storeInfoLengthMax } from "../capabilities.ts";
import { exchange } from "../exchange.ts";
import { type Call, wrongShape } from "../judge.ts";
import { refundDataSchema } from "../wire.ts";
import { type Line, ourRequest } from "../witness.ts";
import { isOrderNo } from "./order-no.ts";

/** The vendor's constant for callers without a device of their own (4.6). */
const deviceInfo = "skb0001";

/** What we never send: amounts that cannot be, a part where the account refunds whole orders only (section 9, row 1). */
function isSendable(
  { orderNo, refundNo, refundMinor, orderAmountMinor }: RefundOrder,
  canRefundPart: boolean,
): boolean {
  if (!isOrderNo(orderNo) || !/^[A-Za-z0-9]{1,20}$/.test(refundNo)) return false;
  if (!Number.isSafeInteger(refundMinor) || !Number.isSafeInteger(orderAmountMinor)) return false;
  if (refundMinor <= 0 || refundMinor > orderAmountMinor) return false;
  return canRefundPart || refundMinor === orderAmountMinor;
}

function callOf(order: RefundOrder, { account }: Line): Call {
  const storeInfo = cutText(order.storeCode, storeInfoLengthMax);
  const cashier = cutText(order.cashier, cashierLengthMax);
  return {
    service: "Refund",
    data: {
      StoreRefundNo: order.refundNo,
      StoreOrderNo: order.orderNo,
      DeviceInfo: deviceInfo,
      RefundKey: account.refundKey,
      RefundFee: account.stringFees ? String(order.refundMinor) : order.refundMinor,
      RefundedMsg: cutText(order.reason, reasonLengthMax) || reasonStandIn,
      ...(storeInfo === "" ? {} : { StoreInfo: storeInfo }),
      ...(cashier === "" ? {} : { Cashier: cashier }),
    },
    echo: { StoreOrderNo: order.orderNo, StoreRefundNo: order.refundNo },
    movesMoney: true,
  };
}

/**
 * Refund (4.6), whole or, where the account may, a part. `not-sent` with `our-request` if the order cannot be sent as it is.
 * `duplicate-number` proves that an earlier send arrived. After `done` a query still has to show that the money went back.
 */
export async function refund(
  line: Line,
  order: RefundOrder,
  options: CallOptions,
): Promise<GatewayOutcome<RefundDone>> {
  if (!isSendable(order, line.account.canRefundPart)) return ourRequest(line);
  const answer = await exchange(line, callOf(order, line), options);
  if (answer.kind === "executed") {
    const read = refundDataSchema.safeParse(answer.data);
    if (!read.success) return wrongShape(answer.evidence);
    const value: RefundDone = { gatewayRefundNo: read.data.SysRefundNo, refundedAt: read.data.RefundedAt };
    return { outcome: "done", value, evidence: answer.evidence };
  }
  const { outcome } = answer;
  const isPart = order.refundMinor < order.orderAmountMinor;
  // 7110 is "amount does not fit the order"; asked for a part, that is how an account without partial refunds says so.
  if (outcome.outcome === "declined" && outcome.evidence.code === "7110" && isPart)
    return { ...outcome, reason: "partial-not-allowed" };
  return outcome;
}
