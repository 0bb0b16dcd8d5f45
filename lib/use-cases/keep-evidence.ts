import "server-only";
import type { Db } from "#lib/db/client.ts";
import { evidence } from "#lib/db/schema.ts";
import type { WireEvidence } from "#lib/gateway/gateway.ts";

/** Stores what was seen; returns the row's id. With an `id` of its own, the same thing stored again is the same row. */
export async function keepEvidence(
  tx: Db,
  about: {
    id?: string;
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
    .onConflictDoNothing()
    .returning({ id: evidence.id });
  if (!row && about.id) return about.id;
  if (!row) throw new Error("evidence was not stored");
  return row.id;
}
