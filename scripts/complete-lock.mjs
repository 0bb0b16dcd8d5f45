/**
 * For maintainers, after every `npm install`: `node scripts/complete-lock.mjs`.
 *
 * A package with native parts lists one optional package per platform. `npm install` writes down only those that its
 * registry has, and `npm ci` then refuses the lock file for lacking the others. This adds the lacking ones: the version
 * from the parent, the platform from the name. They carry no integrity hash, because nobody here has seen them. It also
 * takes the registry's addresses out, so that the lock file works with any registry.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @typedef {Record<string, any>} Entry */
/** @typedef {{ packages: Record<string, Entry> }} Lock */

const systems = new Set([
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
]);
const processors = new Set(["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "wasm32", "x64"]);

/** @param {string} name for example `@next/swc-linux-x64-musl` @returns {Entry} */
export function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => systems.has(word));
  const cpu = words.filter((word) => processors.has(word));
  const libc = words.flatMap((word) => (word === "musl" ? ["musl"] : /^gnu/.test(word) ? ["glibc"] : []));
  if (os.length + cpu.length === 0) throw new Error(`${name} names no platform: look at it by hand`);
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(libc.length && { libc }) };
}

/** Where npm would find the package from there, if anywhere. @param {Lock} lock @param {string} parent @param {string} name */
function isLocked({ packages }, parent, name) {
  for (let at = parent; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (packages[`${at}${at && "/"}node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}

/** The entries that `npm ci` would miss, by their place. @param {Lock} lock @returns {Record<string, Entry>} */
export function lackingEntries(lock) {
  /** @type {Record<string, Entry>} */
  const lacking = {};
  for (const [parent, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (parent === "" || isLocked(lock, parent, name)) continue;
      if (!/^\d+\.\d+\.\d+/.test(version))
        throw new Error(`${parent} wants ${name}@${version}: not an exact version`);
      lacking[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev && { dev }), optional: true };
    }
  }
  return lacking;
}

/** @param {Lock} lock @returns {Lock} */
export function completed(lock) {
  const all = Object.entries({ ...lock.packages, ...lackingEntries(lock) });
  const inOrder = all.sort(([a], [b]) => a.localeCompare(b, "en"));
  return {
    ...lock,
    packages: Object.fromEntries(inOrder.map(([at, { resolved, ...entry }]) => [at, entry])),
  };
}

if (import.meta.main) {
  const path = fileURLToPath(new URL("../package-lock.json", import.meta.url));
  const lock = JSON.parse(readFileSync(path, "utf8"));
  const count = Object.keys(lackingEntries(lock)).length;
  writeFileSync(path, `${JSON.stringify(completed(lock), null, 2)}\n`);
  console.log(`package-lock.json: ${count} packages of other platforms added`);
}
