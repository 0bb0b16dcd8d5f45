import "server-only";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { moneyOp } from "#lib/db/schema.ts";
import type { GatewayOrderState } from "#lib/domain/gateway-facts.ts";
import { askAgainAfterMs } from "#lib/domain/recovery/ask-again.ts";
import type { OrderBooks } from "../order-books.ts";

/**
 * What one question about an order means for an approved operation that waits for its last look (money.md 2.4 step 1). No
 * answer (`state` null): the next look comes by the ladder of money.md 2.6, so that a gateway in trouble is not asked at every
 * gap. An answer: the claim decides at once, also when somebody else's question brought it.
 */
export async function planPreflight(
  tx: Db,
  { ops, now }: OrderBooks,
  state: GatewayOrderState | null,
): Promise<void> {
  const op = ops.find((one) => one.state === "READY");
  if (!op) return;
  const isDue = op.nextAskAt === null || op.nextAskAt <= now;
  if (state === null && isDue) return putOffPreflight(tx, op, { now });
  const wasPutOff = !isDue && op.askCount > 0;
  if (state === null || state === "unsure" || !wasPutOff) return;
  await tx
    .update(moneyOp)
    .set({ nextAskAt: now, fence: op.fence + 1 })
    .where(eq(moneyOp.id, op.id));
}

/** The next look of an operation whose last one decided nothing; only an answer newer than this one counts for it. */
export async function putOffPreflight(
  tx: Db,
  op: OrderBooks["ops"][number],
  { now, why = op.why }: { now: Date; why?: string | null },
): Promise<void> {
  const askCount = op.askCount + 1;
  await tx
    .update(moneyOp)
    .set({
      why,
      askCount,
      lastAskedAt: now,
      nextAskAt: new Date(now.getTime() + askAgainAfterMs(askCount)),
      fence: op.fence + 1,
    })
    .where(eq(moneyOp.id, op.id));
}
