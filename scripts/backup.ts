/** `npm run backup -- FOLDER|FILE`: writes all books into one file, also beside a running desk. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { openBooks } from "./process/open-books.ts";

const [given] = process.argv.slice(2);
if (!given) {
  console.error("Where to? npm run backup -- FOLDER (or a FILE that does not exist yet)");
  process.exit(1);
}

const isFolder = /[/\\]$/.test(given) || (existsSync(given) && statSync(given).isDirectory());
const stamp = new Date().toISOString().replace(/\.\d+/, "").replaceAll(":", "-");
const path = isFolder ? join(resolve(given), `storedesk-${stamp}.backup`) : resolve(given);
if (existsSync(path)) {
  console.error(`${path} is there already, and a backup overwrites nothing.`);
  process.exit(1);
}
mkdirSync(dirname(path), { recursive: true });

await openBooks({ isNew: false }, async ({ database }) => {
  const { writeBackup } = await import("#lib/db/backup/write-backup.ts");
  const { rows, audit } = await writeBackup(database, path);
  const count = Object.values(rows).reduce((sum, one) => sum + one, 0);
  console.log(`${path}: ${statSync(path).size} bytes, ${count} rows, the audit up to line ${audit.seq}.`);
  console.log(
    "STOREDESK_MASTER_KEY is not in it: keep the key elsewhere, without it this file is of no use.",
  );
});
