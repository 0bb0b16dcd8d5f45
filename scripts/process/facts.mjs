/**
 * What the operating system says about a process. A pid alone proves nothing: it may be a zombie (dead, not yet
 * collected by its parent) or, after a crash, belong to somebody else. Linux is read from /proc; elsewhere `ps` is asked.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const isLinux = process.platform === "linux";

/** @param {string} path */
function readOrNull(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** @param {number} pid @param {string} column a `ps` column, for example `state` */
function askPs(pid, column) {
  try {
    const answer = execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    return answer.toString().trim();
  } catch {
    return "";
  }
}

/** @param {number} pid */
function isKnownToKernel(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** The fields of /proc/PID/stat after the program name, which may itself hold blanks and brackets. @param {number} pid */
function statFields(pid) {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** Does this process still run? A zombie does not. @param {number} pid */
export function isAlive(pid) {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (isLinux) {
    const state = statFields(pid)?.[0];
    return state !== undefined && state !== "Z" && state !== "X";
  }
  if (!isKnownToKernel(pid)) return false;
  return process.platform === "win32" || !askPs(pid, "state").startsWith("Z");
}

/**
 * A text that this process keeps for life and that no later holder of the same pid will have. Null: it is not alive.
 * @param {number} pid
 */
export function processIdentity(pid) {
  if (!isAlive(pid)) return null;
  if (isLinux)
    return `${readOrNull("/proc/sys/kernel/random/boot_id")?.trim() ?? ""}:${statFields(pid)?.[19] ?? ""}`;
  return process.platform === "win32" ? "alive" : askPs(pid, "lstart");
}

/** The pid of its parent; 0 when there is none to know. @param {number} pid */
export function parentOf(pid) {
  return Number((isLinux ? statFields(pid)?.[1] : askPs(pid, "ppid")) ?? 0);
}

/** The command line, its parts parted by blanks; empty when there is none to read. @param {number} pid */
export function commandLine(pid) {
  if (isLinux) return (readOrNull(`/proc/${pid}/cmdline`) ?? "").split("\0").join(" ").trim();
  if (process.platform !== "win32") return askPs(pid, "command");
  try {
    const query = `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`;
    return execFileSync("powershell", ["-NoProfile", "-Command", query]).toString().trim();
  } catch {
    return "";
  }
}

/**
 * The live processes of a program that stand in this folder. Linux only; elsewhere the list is empty.
 * @param {string} folder a real path @param {string} program start of the command line or of its last path part
 */
export function processesStandingIn(folder, program) {
  if (!isLinux) return [];
  return readdirSync("/proc")
    .map(Number)
    .filter(
      (pid) => Number.isSafeInteger(pid) && standsIn(pid, folder) && runs(pid, program) && isAlive(pid),
    );
}

/** @param {number} pid @param {string} folder */
function standsIn(pid, folder) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

/** @param {number} pid @param {string} program */
function runs(pid, program) {
  const line = commandLine(pid);
  const first = line.split(" ", 1)[0] ?? "";
  return line.startsWith(program) || first.slice(first.lastIndexOf("/") + 1).startsWith(program);
}
