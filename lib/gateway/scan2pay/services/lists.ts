import "server-only";
import { z } from "zod";
import type {
  CallOptions,
  GatewayOutcome,
  ListRange,
  OrderRow,
  TransactionRow,
  WireEvidence,
} from "../../gateway.ts";
import { exchange } from "../exchange.ts";
import { type Call, wrongShape } from "../judge.ts";
import { fromTaipeiText, toTaipeiText } from "../taipei-time.ts";
import { methodUnspecified } from "../wallets.ts";
import { orderRowSchema, rowsSchema, transactionRowSchema } from "../wire.ts";
import type { Line } from "../witness.ts";
import { refundState } from "./refund-state.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const orderStatuses = { waiting: "0", paid: "1", "not-paid": "2" } as const;

/** How the caller asks for orders. */
export type OrderList = ListRange & { readonly state: keyof typeof orderStatuses };

type Rows<Row> = { readonly rows: readonly Row[]; readonly evidence: WireEvidence };

/** Asks for a list. One unreadable row spoils it: a list with a hole would prove things that are not so. 2000 is "no rows" (section 9, row 15). */
async function askRows<Row>(
  line: Line,
  call: Omit<Call, "echo" | "movesMoney">,
  rowSchema: z.ZodType<Row>,
  options: CallOptions,
): Promise<Rows<Row> | GatewayOutcome<never>> {
  const answer = await exchange(line, { ...call, echo: {}, movesMoney: false }, options);
  if (answer.kind === "settled") {
    const { outcome } = answer;
    const isEmpty = outcome.outcome === "declined" && outcome.evidence.code === "2000";
    return isEmpty ? { rows: [], evidence: outcome.evidence } : outcome;
  }
  const read = rowsSchema.pipe(z.array(rowSchema)).safeParse(answer.data);
  return read.success ? { rows: read.data, evidence: answer.evidence } : wrongShape(answer.evidence);
}

function done<Row>(value: readonly Row[], evidence: WireEvidence): GatewayOutcome<readonly Row[]> {
  return { outcome: "done", value, evidence };
}

/**
 * OrderQuery (4.4) with 14-digit dates: orders of a period in one asked state. Paid orders tell their refund, if one was
 * asked for. The gateway sorts and limits as it likes; nothing is documented.
 */
export async function listOrders(
  line: Line,
  list: OrderList,
  options: CallOptions,
): Promise<GatewayOutcome<readonly OrderRow[]>> {
  const data = {
    StartDate: toTaipeiText(list.from),
    EndDate: toTaipeiText(list.to),
    OrderStatus: orderStatuses[list.state],
  };
  const answer = await askRows(line, { service: "OrderQuery", data }, orderRowSchema, options);
  if (!("rows" in answer)) return answer;
  const rows = answer.rows.map(
    (row): OrderRow => ({
      orderNo: row.StoreOrderNo,
      gatewayOrderNo: row.SysOrderNo,
      amountMinor: row.TotalFee,
      state: list.state === "paid" && row.RefundStatus !== null ? refundState(row.RefundStatus) : list.state,
      wallet: row.Method === methodUnspecified ? null : row.Method,
      title: row.Description,
    }),
  );
  return done(rows, answer.evidence);
}

const successes: ReadonlySet<string> = new Set(["trade success", "refund success"]);

/**
 * OrderQuery1.1 (4.5): charges (positive) and refunds (negative) as own rows, `from` ≤ row < `to`; rows without a readable time
 * are kept. The gateway takes whole days only and does not say whether the last one counts, so one day more is asked for
 * and the rows outside the period are left out here. `wallet` is a display name in this list, not a code.
 */
export async function listTransactions(
  line: Line,
  range: ListRange,
  options: CallOptions,
): Promise<GatewayOutcome<readonly TransactionRow[]>> {
  const dayAfter = new Date(range.to.getTime() + dayMs);
  const data = {
    StartDate: toTaipeiText(range.from).slice(0, 8),
    EndDate: toTaipeiText(dayAfter).slice(0, 8),
  };
  const answer = await askRows(line, { service: "OrderQuery1.1", data }, transactionRowSchema, options);
  if (!("rows" in answer)) return answer;
  const rows = answer.rows.map(
    (row): TransactionRow => ({
      orderNo: row.StoreOrderNo,
      gatewayOrderNo: row.SysOrderNo,
      amountMinor: row.Amount,
      isRefund: row.Amount < 0,
      isSuccess: successes.has(row.Status?.toLowerCase() ?? ""),
      at: fromTaipeiText(`${row.TranDate ?? ""}${row.TranDayTime ?? ""}`),
      wallet: row.Method,
    }),
  );
  return done(
    rows.filter(({ at }) => at === null || (at >= range.from && at < range.to)),
    answer.evidence,
  );
}
