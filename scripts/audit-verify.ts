/**
 * `npm run audit:verify`: holds every line of the audit against its chain and the chain against its copy outside the database.
 * Exit code 0: whole. 1: damaged, with the first line and what it suffers from. Reads, and changes nothing.
 */
import type { AuditDamage } from "#lib/db/audit.ts";
import { fillEnvironment } from "./process/kept-environment.ts";

const words: Readonly<Record<AuditDamage, string>> = {
  changed: "is not what was written: it was edited, swapped or put in between",
  missing: "is gone",
  cut: "and what came after it are gone: the end was cut off",
  extra: "was never written by Storedesk",
};

fillEnvironment();
const { verifyAudit } = await import("#lib/db/audit.ts");
const { demandKeysAt } = await import("#lib/db/keys/demand-keys.ts");
const { appDatabase } = await import("#lib/db/pool.ts");
const { env } = await import("#lib/env.ts");
const { readHeadFile } = await import("#lib/use-cases/restore/head-file.ts");

await demandKeysAt(env().DATABASE_URL).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
const path = env().STOREDESK_HEAD_FILE;
// Read first: lines written meanwhile only make the chain longer than its copy.
const kept = await readHeadFile(path);
const check = await verifyAudit(appDatabase(), kept);
await appDatabase().pool.end();
if (!kept) console.log(`${path} is not there: a cut end that took the head with it cannot be seen.`);
if (check.isWhole) {
  console.log(
    `The audit is whole: ${check.lines} lines${kept ? `, the copy outside agrees at ${kept.seq}` : ""}.`,
  );
} else {
  console.error(`The audit is damaged: line ${check.brokenAt} ${words[check.damage]}.`);
  process.exitCode = 1;
}
