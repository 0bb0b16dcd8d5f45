import "server-only";
import type { Db } from "#lib/db/client.ts";
import type { GatewayOutcome } from "#lib/gateway/gateway.ts";
import type { OrderBooks } from "../order-books.ts";
import { openIncident } from "./open-incident.ts";

/** Answers that name another order or carry a wrong signature: somebody stands between us and the gateway, or it mixes answers up. */
const suspicious: ReadonlySet<string> = new Set(["wrong-echo", "bad-signature"]);

/** Tells of an answer that nobody should trust (money.md 2.5); one open incident an account and kind of fault. */
export async function noteBrokenAnswer(
  tx: Db,
  { order }: Pick<OrderBooks, "order">,
  { evidenceId, outcome }: { evidenceId: string; outcome: GatewayOutcome<unknown> },
): Promise<void> {
  if (outcome.outcome !== "broken" || !suspicious.has(outcome.why)) return;
  await openIncident(tx, {
    kind: "brokenAnswer",
    key: `${order.accountId}:${outcome.why}`,
    accountId: order.accountId,
    storeId: order.storeId,
    orderId: order.id,
    evidenceId,
    facts: { fault: outcome.why },
  });
}
