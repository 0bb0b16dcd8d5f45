import "server-only";
import { knownMigrations } from "../migrate.ts";
import { type BackupHeader, type BackupManifest, WrongBackup } from "./format.ts";
import { NoBackup, readBackup } from "./read-backup.ts";

/** A backup that was read from its beginning to its end and is whole. */
export type CheckedBackup = { readonly header: BackupHeader; readonly manifest: BackupManifest };

/**
 * Reads the whole file and changes nothing. Throws WrongBackup with one sentence: it cannot be read, is none, is damaged, was
 * sealed with another master key, or is of a version that this program does not know.
 */
export async function checkBackup(path: string): Promise<CheckedBackup> {
  const { header, manifest, counted } = await readAll(path).catch((error: unknown) => {
    throw new WrongBackup(sentence(path, error), { cause: error });
  });
  const wrong = Object.entries(manifest.rows).find(([table, rows]) => counted[table] !== rows);
  if (wrong) throw new WrongBackup(`${path} is damaged: rows of ${wrong[0]} are missing. Use another copy.`);
  if (!knownMigrations().some(({ when }) => when === header.migration.when))
    throw new WrongBackup(
      `${path} was made by a newer Storedesk (books ${header.migration.tag}): install that version, then restore.`,
    );
  return { header, manifest };
}

async function readAll(path: string): Promise<CheckedBackup & { counted: Record<string, number> }> {
  const counted: Record<string, number> = {};
  let table = "";
  let header: BackupHeader | undefined;
  let manifest: BackupManifest | undefined;
  for await (const part of readBackup(path)) {
    if (part.kind === "header") header = part.header;
    if (part.kind === "manifest") manifest = part;
    if (part.kind === "table") table = part.table;
    if (part.kind === "table" || part.kind === "rows")
      counted[table] = (counted[table] ?? 0) + (part.kind === "rows" ? part.count : 0);
  }
  if (!header || !manifest) throw new WrongBackup("parts of it are missing");
  return { header, manifest, counted };
}

function sentence(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof NoBackup) return `${path} ${said}.`;
  if (code === "Z_DATA_ERROR" && said.includes("header")) return `${path} is not a backup of Storedesk.`;
  if (error instanceof WrongBackup || code.startsWith("Z_"))
    return `${path} is damaged: ${said}. Use another copy.`;
  return `${path} cannot be read: ${said}.`;
}
