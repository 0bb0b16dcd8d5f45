/** Looks through everything a browser can fetch for what must never be there. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bootstrap/work.mjs";

/** Names of keys, of the books and of the back office's packages. */
export const needles = [
  "tradeKey",
  "TradeKey",
  "refundKey",
  "RefundKey",
  "tradePassword",
  "refundPassword",
  "passwordHash",
  "password_hash",
  "pinHash",
  "pin_hash",
  "sealedSecrets",
  "STOREDESK_MASTER_KEY",
  "NEXTAUTH_SECRET",
  "DATABASE_URL",
  "drizzle",
  "pg-pool",
  "argon2",
  "audit_event",
  "money_op",
];

/** @param {string} folder @returns {string[]} `file: needle` for everything found */
export function findNeedles(folder) {
  return globSync("**/*.{js,css,html,txt,json,map}", { cwd: folder }).flatMap((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return needles.filter((needle) => text.includes(needle)).map((needle) => `${name}: ${needle}`);
  });
}

/** The one check of the build here. A build without files proves nothing. */
export function clientFiles() {
  const folder = join(root, ".next", "static");
  const count = globSync("**/*.js", { cwd: folder }).length;
  const found = count === 0 ? [`There are no client files in ${folder}: build first.`] : findNeedles(folder);
  const failed = found.length > 0 ? 1 : 0;
  return { passed: 1 - failed, failed, skipped: 0, said: found.join("\n") };
}
