import "server-only";
import type { CallOptions, GatewayOutcome, RefundAsk, RefundSeen, RefundsAsk } from "../../gateway.ts";
import { exchange } from "../exchange.ts";
import { type Call, type Exchanged, wrongShape } from "../judge.ts";
import { ksherResult } from "../status-codes.ts";
import { type RefundRow, refundsSchema } from "../wire.ts";
import { type Line, ourRequest } from "../witness.ts";
import { paymentNumbers } from "./handles.ts";
import { isNumber32 } from "./numbers.ts";

function callOf(
  { handles, orderAmountMinor }: RefundsAsk,
  more: Readonly<Record<string, string>>,
): Call | null {
  const numbers = paymentNumbers(handles);
  if (numbers === null || !Number.isSafeInteger(orderAmountMinor)) return null;
  const total_fee = String(orderAmountMinor);
  return {
    endpoint: "refund_query",
    params: { ...numbers, total_fee, fee_type: "THB", ...more },
    echo: { all: { total_fee }, any: numbers },
  };
}

/** A row as the house sees it. REFUNDSUCCESS is the only attested end; any other word is "not finished, not failed" (6.6). */
function seenOf(row: RefundRow): RefundSeen {
  const isBack = row.refund_state === "REFUNDSUCCESS";
  return {
    refundNo: row.mch_refund_no ?? "",
    state: isBack ? "refunded" : "moving",
    refundedMinor: isBack ? row.mch_refund_fee : 0,
    gatewayRefundNo: row.ksher_refund_no,
    refundedAt: row.refund_time,
  };
}

/** The refunds in an answered query. FAIL is a question that failed: also what PromptPay and Alipay get. */
function readRefunds(answer: Exchanged): GatewayOutcome<readonly RefundSeen[]> {
  if (answer.kind === "settled") return answer.outcome;
  const { evidence, result } = answer;
  if (result !== "SUCCESS")
    return {
      outcome: "unknown",
      why: ksherResult(result) === "unknown" ? "unknown-code" : "query-failed",
      evidence,
    };
  const read = refundsSchema.safeParse(answer.data);
  return read.success ? { outcome: "done", value: read.data.map(seenOf), evidence } : wrongShape(evidence);
}

/** One number's rows as one: all of them back, or something still moving. */
function oneOf(refundNo: string, rows: readonly RefundSeen[]): RefundSeen {
  const [first, ...more] = rows.filter((row) => row.refundNo === refundNo);
  if (first === undefined)
    return { refundNo, state: "not-listed", refundedMinor: 0, gatewayRefundNo: null, refundedAt: null };
  const isAllBack = [first, ...more].every((row) => row.state === "refunded");
  const refundedMinor = more.reduce((sum, row) => sum + row.refundedMinor, first.refundedMinor);
  return { ...first, state: isAllBack ? "refunded" : "moving", refundedMinor };
}

/**
 * refund_query (6.6) about one refund by our number, with the amounts the page wants beside it. The money is the sum of the
 * rows in REFUNDSUCCESS; the counter beside them is not money. `not-sent` with `our-request` without handles of a query.
 */
export async function queryRefund(
  line: Line,
  ask: RefundAsk,
  options: CallOptions,
): Promise<GatewayOutcome<RefundSeen>> {
  const isAskable = isNumber32(ask.refundNo) && Number.isSafeInteger(ask.refundMinor);
  const call = isAskable
    ? callOf(ask, { mch_refund_no: ask.refundNo, refund_fee: String(ask.refundMinor) })
    : null;
  if (call === null) return ourRequest(line);
  const rows = readRefunds(await exchange(line, call, options));
  return rows.outcome === "done" ? { ...rows, value: oneOf(ask.refundNo, rows.value) } : rows;
}

/** refund_query with the order alone: every refund of it, those made in the portal or at a card machine too (6.6). */
export async function listRefunds(
  line: Line,
  ask: RefundsAsk,
  options: CallOptions,
): Promise<GatewayOutcome<readonly RefundSeen[]>> {
  const call = callOf(ask, {});
  return call === null ? ourRequest(line) : readRefunds(await exchange(line, call, options));
}
