import "server-only";
import { verifyAuditIn } from "#lib/db/audit.ts";
import { checkBackup } from "#lib/db/backup/check-backup.ts";
import { type BackupHeader, type BackupManifest, WrongBackup } from "#lib/db/backup/format.ts";
import { loadBackup } from "#lib/db/backup/load-backup.ts";
import type { Db } from "#lib/db/client.ts";
import { holdMasterKeyIn } from "#lib/db/keys/hold-master-key.ts";
import { auditHead } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { Context } from "../context.ts";
import { readHeadFile } from "./head-file.ts";
import { reconcileFirst } from "./reconcile-first.ts";
import { copyHead } from "./restore-gate.ts";

/**
 * Restores a backup into an empty database, all of it or nothing: the file is read to its end before anything is touched; then
 * tables, rows, migrations since, the count of every table, the audit's whole chain, and the reconcile-first mode (money.md
 * C13) in one transaction. Whoever starts on these books finds sending off, numbers under a new letter, and the gateways
 * asked about what moved meanwhile. Throws WrongBackup with one sentence for the operator.
 */
export async function restoreBooks(
  ctx: Context,
  path: string,
  headFile: string,
): Promise<BackupHeader & { readonly rows: BackupManifest["rows"] }> {
  const backup = await checkBackup(path);
  const copy = await readHeadFile(headFile);
  await withTx(ctx.database, async (tx, client) => {
    await loadBackup(client, path, backup);
    await holdMasterKeyIn(tx);
    await demandWholeAudit(tx, path, backup.header);
    await reconcileFirst(ctx, tx, { why: "restored", copyEpoch: copy?.epoch ?? null });
  });
  await copyHead(ctx, headFile);
  return { ...backup.header, rows: backup.manifest.rows };
}

async function demandWholeAudit(tx: Db, path: string, { audit }: BackupHeader): Promise<void> {
  const check = await verifyAuditIn(tx, audit);
  const [head] = await tx.select().from(auditHead);
  if (!check.isWhole)
    throw new WrongBackup(
      `The audit in ${path} is broken at line ${check.brokenAt} (${check.damage}): use an older backup. Nothing was kept.`,
    );
  if (head?.seq !== audit.seq)
    throw new WrongBackup(`The audit in ${path} does not end where the backup says. Nothing was kept.`);
}
