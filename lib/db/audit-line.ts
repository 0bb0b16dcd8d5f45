import "server-only";
import { createHmac } from "node:crypto";

/** One line of the audit. `facts` holds what the sentence needs, never a secret. `staffId` null: the clerk. */
export type AuditLine = {
  readonly action: string;
  readonly outcome: "done" | "refused";
  readonly staffId: string | null;
  readonly storeId: string | null;
  readonly orderId: string | null;
  readonly subject: string | null;
  readonly deviceId: string | null;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** What the chain starts from. */
export const GENESIS = "storedesk";

/** The hash that chains a line to the one before it, under a key of the audit. `previous` null: there is none before it. */
export function lineHash(
  key: Buffer,
  previous: string | null,
  line: AuditLine & { readonly seq: number; readonly at: Date },
): string {
  const facts = Object.entries(line.facts).sort(([a], [b]) => (a < b ? -1 : 1));
  const body = [
    line.seq,
    line.at.toISOString(),
    line.action,
    line.outcome,
    line.staffId,
    line.storeId,
    line.orderId,
    line.subject,
    line.deviceId,
    facts,
  ];
  return createHmac("sha256", key)
    .update(previous ?? GENESIS)
    .update(JSON.stringify(body))
    .digest("hex");
}
