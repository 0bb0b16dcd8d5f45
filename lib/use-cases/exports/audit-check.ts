import "server-only";
import { createHash, createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#lib/db/client.ts";
import { chainKeys } from "#lib/db/keys/kept-key.ts";
import { auditEvent } from "#lib/db/schema.ts";

/** What lies beside an exported audit, so that anybody can tell later whether the file is whole and unaltered. */
const schema = z.object({
  storedeskAuditCheck: z.literal(1),
  file: z.string(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  /** As the address of the audit's page says it; empty: everything. */
  filter: z.string(),
  /** Up to which line of the audit it was read, and the chain there. */
  asOf: z.object({ seq: z.int().min(1), hash: z.string() }),
  /** There were more lines than a file may hold. */
  isCut: z.boolean(),
  sha256: z.string(),
  /** One a row, the heads first. */
  marks: z.array(z.string()).min(1),
});
export type AuditCheckFile = z.output<typeof schema>;
const sealedSchema = schema.extend({ seal: z.string() });
export type SealedCheck = z.output<typeof sealedSchema>;

/** The mark of one row: of its cells, so that a spreadsheet that only writes its quotes otherwise breaks nothing. */
export const rowMark = (cells: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(cells)).digest("base64url").slice(0, 22);

/** What only these books can write under a check file, at any time and under whichever master key. */
async function sealOf(db: Db, check: AuditCheckFile): Promise<string> {
  const key = (await chainKeys(db)).findLast(({ fromSeq }) => fromSeq <= check.asOf.seq)?.key;
  if (!key) throw new Error("the audit has no key");
  const own = createHmac("sha256", key).update("storedesk:export-check").digest();
  const { file, madeAt, madeBy, filter, asOf, isCut, sha256, marks } = check;
  const body = [file, madeAt, madeBy, filter, asOf.seq, asOf.hash, isCut, sha256, marks];
  return createHmac("sha256", own).update(JSON.stringify(body)).digest("hex");
}

/** The text of a check file, sealed. */
export async function sealCheck(db: Db, check: AuditCheckFile): Promise<string> {
  return `${JSON.stringify({ ...check, seal: await sealOf(db, check) }, null, 1)}\n`;
}

/** Reads a check file; null: it is none. */
export function readCheck(text: string): SealedCheck | null {
  try {
    return sealedSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether these books sealed a check file, and still have the line of the audit that it was read up to. */
export async function isOurSeal(db: Db, { seal, ...check }: SealedCheck): Promise<boolean> {
  const [line] = await db
    .select({ hash: auditEvent.hash })
    .from(auditEvent)
    .where(eq(auditEvent.seq, check.asOf.seq));
  const isOnChain = line?.hash === check.asOf.hash;
  return isOnChain && seal === (await sealOf(db, check));
}
