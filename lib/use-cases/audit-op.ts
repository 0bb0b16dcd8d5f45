import "server-only";
import { type AuditLine, appendAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { MoneyOpKind } from "#lib/domain/money-op.ts";

/** The operation an audit line is about. */
export type AuditedOp = {
  readonly kind: MoneyOpKind;
  readonly merchantNo: string;
  readonly order: { readonly id: string; readonly storeId: string; readonly orderNo: string };
};

/** The clerk's line about an operation's move, beside the move in its transaction: on its way out, or settled by what was seen. */
export async function auditOp(
  tx: Db,
  stage: "send" | "settle",
  op: AuditedOp,
  facts: AuditLine["facts"],
): Promise<void> {
  await appendAudit(tx, {
    action: `${stage}-${op.kind === "REFUND" ? "refund" : "cancel"}`,
    outcome: "done",
    staffId: null,
    storeId: op.order.storeId,
    orderId: op.order.id,
    subject: op.merchantNo,
    deviceId: null,
    facts: { orderNo: op.order.orderNo, ...facts },
  });
}
