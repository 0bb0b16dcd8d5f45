import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { moneyOp } from "#lib/db/schema.ts";
import type { GatewayOrderState } from "#lib/domain/gateway-facts.ts";
import { askAgainAfterMs } from "#lib/domain/recovery/ask-again.ts";
import { confirmSuccess } from "#lib/domain/recovery/confirm.ts";
import { openIncident } from "../incidents/open-incident.ts";
import type { OrderBooks } from "../order-books.ts";

type Op = OrderBooks["ops"][number];

/** The successes of this order that no query has agreed with yet: one answer about the order speaks to all of them. */
export function unconfirmedOf({ ops }: OrderBooks): readonly Op[] {
  return ops.filter(
    (op) => op.state === "SUCCEEDED" && op.confirmedAt === null && op.nextAskAt !== null && op.settledAt,
  );
}

type Confirming = { op: Op; evidenceId: string; state: GatewayOrderState | null };

/** Holds a success against a query (money.md 2.5). Beyond the lag a disagreement is told; the operation stays as it is. */
export async function confirmOp(
  tx: Db,
  books: OrderBooks,
  { op, evidenceId, state }: Confirming,
): Promise<void> {
  const { order, now } = books;
  const settledAt = op.settledAt ?? op.createdAt;
  const word = state === null ? "wait" : confirmSuccess({ kind: op.kind, settledAt }, state, now);
  const askCount = op.askCount + 1;
  await tx
    .update(moneyOp)
    .set({
      fence: op.fence + 1,
      askCount,
      lastAskedAt: now,
      ...(word === "confirmed"
        ? { confirmedAt: now, nextAskAt: null }
        : { nextAskAt: new Date(now.getTime() + askAgainAfterMs(askCount)) }),
    })
    .where(eq(moneyOp.id, op.id));
  if (word !== "disagrees") return;
  await openIncident(tx, {
    kind: "successNotSeen",
    key: op.id,
    accountId: order.accountId,
    storeId: order.storeId,
    orderId: order.id,
    opId: op.id,
    evidenceId,
    facts: { amountMinor: op.amountMinor, currency: op.currency, gatewayState: state },
  });
}
