import "server-only";
import type { Db } from "#lib/db/client.ts";
import { evidence } from "#lib/db/schema.ts";
import type { WireEvidence } from "#lib/gateway/gateway.ts";

/** Stores what was seen; returns the row's id. */
export async function keepEvidence(
  tx: Db,
  about: {
    orderId: string;
    opId: string | null;
    source: "send" | "query" | "number" | "list" | "person" | "rule";
    outcome: string;
  },
  seen: WireEvidence | null,
): Promise<string> {
  const [row] = await tx
    .insert(evidence)
    .values({
      ...about,
      code: seen?.code ?? null,
      message: seen?.message ?? null,
      raw: seen?.raw ?? null,
      checks: seen ? { ...seen.checks } : {},
    })
    .returning({ id: evidence.id });
  if (!row) throw new Error("evidence was not stored");
  return row.id;
}
