import { type AuditDamage, verifyAudit } from "#lib/db/audit.ts";
import { demandKeysAt } from "#lib/db/keys/demand-keys.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { env } from "#lib/env.ts";
import { readHeadFile } from "#lib/use-cases/restore/head-file.ts";

const words: Readonly<Record<AuditDamage, string>> = {
  changed: "is not what was written: it was edited, swapped or put in between",
  missing: "is gone",
  cut: "and what came after it are gone: the end was cut off",
  extra: "was never written by Storedesk",
};

/** Says whether the audit of these books is whole; false: it is not, or nobody can say. */
export async function verifyChain(): Promise<boolean> {
  try {
    await demandKeysAt(env().DATABASE_URL);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return false;
  }
  const path = env().STOREDESK_HEAD_FILE;
  // Read first: lines written meanwhile only make the chain longer than its copy.
  const kept = await readHeadFile(path);
  const check = await verifyAudit(appDatabase(), kept);
  await appDatabase().pool.end();
  if (!kept) console.log(`${path} is not there: a cut end that took the head with it cannot be seen.`);
  if (!check.isWhole) {
    console.error(`The audit is damaged: line ${check.brokenAt} ${words[check.damage]}.`);
    return false;
  }
  const copy = kept ? `, the copy outside agrees at ${kept.seq}` : "";
  console.log(`The audit is whole: ${check.lines} lines${copy}.`);
  return true;
}
