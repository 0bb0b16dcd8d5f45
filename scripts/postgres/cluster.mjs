/** Making a cluster, and telling from its postmaster.pid what runs in it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine, isAlive, processesStandingIn } from "../process/facts.mjs";
import { handOver } from "./home.mjs";

/** @typedef {import("./home.mjs").Place} Place */
/** @typedef {"full" | "test"} Durability test: a throw-away cluster that need not survive the machine */

export const superuser = "storedesk";
const leftoverPatienceMs = 10_000;

/** PostgreSQL gets no variable of ours: no secret in its environment, no locale or time zone of the machine. */
export const serverEnvironment = {
  PATH: process.env.PATH ?? "",
  LC_ALL: "C",
  TZ: "UTC",
  SYSTEMROOT: process.env.SYSTEMROOT,
};

/** @param {Place} place */
export function spawnAs({ user, home }) {
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  return { ...identity, cwd: home, env: serverEnvironment };
}

/**
 * Makes the cluster beside its final place and renames it at the end, so a killed start leaves no half cluster.
 * @param {Place} place @param {string} password @param {Durability} durability
 */
export function makeCluster(place, password, durability) {
  const draft = `${place.cluster}.new`;
  const passwordFile = `${place.cluster}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  handOver(draft, 0o700, place.user);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  handOver(passwordFile, 0o600, place.user);
  try {
    const auth = ["-U", superuser, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const sync = durability === "test" ? ["--no-sync"] : [];
    run(place, "initdb", ["-D", draft, "--encoding=UTF8", "--locale=C", ...auth, ...sync]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, place.cluster);
}

/** Gives the superuser a new password while the server stands still, for when the kept one is lost.
 * @param {Place} place @param {string} password */
export function resetPassword(place, password) {
  run(
    place,
    "postgres",
    ["--single", "-D", place.cluster, "postgres"],
    `ALTER ROLE ${superuser} PASSWORD '${password}'\n`,
  );
}

/** @param {Place} place @param {string} program @param {string[]} args @param {string} [input] */
function run(place, program, args, input = "") {
  const done = spawnSync(join(place.programs, program), args, { ...spawnAs(place), input, encoding: "utf8" });
  if (done.status === 0) return;
  const said = `${done.stderr ?? ""}${done.error?.message ?? ""}`.trim();
  throw new Error(`PostgreSQL's ${program} failed: ${said || `exit code ${done.status}`}`);
}

/** Refuses a cluster that this version or this user cannot open. @param {Place} place */
export function checkCluster(place) {
  const major = readFileSync(join(place.cluster, "PG_VERSION"), "utf8").trim();
  if (major !== "18")
    throw new Error(`The database in ${place.cluster} was made by PostgreSQL ${major}; this is 18.`);
  const owner = statSync(place.cluster).uid;
  const self = process.getuid?.() ?? owner;
  if (!place.user && owner !== self) {
    throw new Error(
      `The database in ${place.cluster} belongs to another user (uid ${owner}): start as that user or as root.`,
    );
  }
}

/**
 * The live postmaster of this cluster, by its postmaster.pid. A pid whose command line does not name the cluster is a
 * stranger that got the number of a dead postmaster.
 * @param {string} cluster
 * @returns {{ pid: number, port: number, isReady: boolean, isStopping: boolean } | null}
 */
export function runningPostmaster(cluster) {
  const path = join(cluster, "postmaster.pid");
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const pid = Number(lines[0]);
  if (!isAlive(pid) || !commandLine(pid).includes(cluster)) return null;
  const state = lines[7]?.trim() ?? "";
  return { pid, port: Number(lines[3]), isReady: state === "ready", isStopping: state === "stopping" };
}

/**
 * After the postmaster's death: waits until its last child has let go of the files (a new postmaster beside an old child
 * would ruin them), then takes its stale postmaster.pid away, which PostgreSQL itself would believe if the pid is in use.
 * @param {string} cluster @param {(line: string) => void} log
 */
export async function clearRemains(cluster, log) {
  const until = Date.now() + leftoverPatienceMs;
  for (;;) {
    const leftovers = processesStandingIn(cluster, "postgres");
    if (leftovers.length === 0) break;
    if (Date.now() > until) {
      log(`ends ${leftovers.length} PostgreSQL processes that outlived their server`);
      for (const pid of leftovers) process.kill(pid, "SIGKILL");
    }
    await sleep(50);
  }
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}
