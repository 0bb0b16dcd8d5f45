/** A stamp says from what something was made: the hash of its sources, kept inside what was made of them. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Every file below, sorted; none when the folder does not exist. @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

/**
 * @param {string} root @param {{ folders?: string[], files: string[], facts?: string[], leaveOut?: RegExp }} sources
 * @returns {string}
 */
export function hashSources(root, { folders = [], files, facts = [], leaveOut }) {
  const hash = createHash("sha256");
  const inFolders = folders.flatMap((folder) => filesBelow(join(root, folder)));
  const named = files.map((file) => join(root, file)).filter((path) => existsSync(path));
  for (const path of [...inFolders, ...named]) {
    const name = relative(root, path).replaceAll("\\", "/");
    if (leaveOut?.test(name)) continue;
    hash.update(`${name}\0`).update(readFileSync(path)).update("\0");
  }
  for (const fact of facts) hash.update(`${fact}\0`);
  return hash.digest("hex");
}

/** @param {string} path */
export function readStamp(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/**
 * Makes something and stamps it. The old stamp goes first, so what a killed start half made is never believed.
 * @param {string} path @param {string} stamp @param {() => Promise<void>} make
 */
export async function makeStamped(path, stamp, make) {
  rmSync(path, { force: true });
  await make();
  writeFileSync(path, stamp);
}
