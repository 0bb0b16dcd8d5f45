/**
 * Makes a fresh clone runnable: installs the locked packages when they are missing or stale, builds when the build is
 * stale. Runs on whatever Node the machine has and imports nothing that has to be installed first.
 * `--no-build` stops after the packages.
 */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wantsBuild = !process.argv.includes("--no-build");
const tickMs = 10_000;
const lockPatienceMs = 20 * 60_000;
const built = ["app", "components", "lib", "messages", "public"];
const buildFiles = [
  "next.config.js",
  "tailwind.config.ts",
  "postcss.config.mjs",
  "instrumentation.ts",
  "proxy.ts",
  "tsconfig.json",
];
const pinnedNode = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.exe" : "node");

/** Runs a program and says every ten seconds that it still does. Its output is shown only when it fails. */
async function run(what, command, args, env = {}) {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  console.log(`${what} …`);
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  child.stderr.on("data", (chunk) => output.push(chunk));
  const ticker = setInterval(() => console.log(`${what} … ${seconds()}`), tickMs);
  const code = await new Promise((done) => child.on("close", done).on("error", () => done(1)));
  clearInterval(ticker);
  if (code === 0) console.log(`${what}: done in ${seconds()}`);
  return { isGood: code === 0, output: Buffer.concat(output).toString("utf8") };
}

function hashOf(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile() && !/\.test\.tsx?$/.test(path))
    .sort();
}

async function install() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const stampPath = join(root, "node_modules", ".storedesk-installed");
  const stamp = hashOf([lock, process.platform, process.arch]);
  if (readStamp(stampPath) === stamp && existsSync(pinnedNode)) return;
  const npm = process.env.npm_execpath;
  const command = npm ? process.execPath : "npm";
  const npmArgs = (args) => (npm ? [npm, ...args] : args);
  let answer = await run(
    "Installing the locked packages",
    command,
    npmArgs(["ci", "--no-audit", "--no-fund"]),
  );
  if (!answer.isGood) {
    const again = ["install", "--no-save", "--no-audit", "--no-fund"];
    answer = await run(
      "Installing the packages, because the lock names some this machine cannot get",
      command,
      npmArgs(again),
    );
  }
  if (!answer.isGood) fail("the packages could not be installed", answer.output);
  if (!existsSync(pinnedNode)) fail(`there is no Node package for ${process.platform} ${process.arch}`, "");
  writeFileSync(stampPath, stamp);
}

/** One key for every build of this folder, so that open tabs survive a rebuild (their action ids stay). */
function actionsKey() {
  const folder = resolve(root, process.env.STOREDESK_DATA ?? ".data");
  const path = join(folder, "actions-key");
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, randomBytes(32).toString("base64"), { mode: 0o600 });
  }
  return readFileSync(path, "utf8");
}

async function build() {
  const files = [
    ...built.flatMap((folder) => filesBelow(join(root, folder))),
    ...buildFiles.map((name) => join(root, name)),
  ];
  const lock = readFileSync(join(root, "package-lock.json"));
  const stamp = hashOf([
    lock,
    ...files.filter((path) => existsSync(path)).flatMap((path) => [path, readFileSync(path)]),
  ]);
  const stampPath = join(root, ".next", "storedesk-built");
  if (readStamp(stampPath) === stamp && existsSync(join(root, ".next", "BUILD_ID"))) return;
  const env = {
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey(),
    NODE_ENV: "production",
  };
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const answer = await run("Building", pinnedNode, [next, "build"], env);
  if (!answer.isGood) fail("the build failed", answer.output);
  writeFileSync(stampPath, stamp);
}

function fail(sentence, output) {
  if (output) console.error(output);
  console.error(`Storedesk: ${sentence}`);
  releaseLock();
  process.exit(1);
}

const lockPath = join(root, ".bootstrap-lock");

function releaseLock() {
  rmSync(lockPath, { recursive: true, force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Two starts in one folder take turns; a lock whose owner is gone is taken over. */
async function takeLock() {
  const until = Date.now() + lockPatienceMs;
  while (Date.now() < until) {
    try {
      mkdirSync(lockPath);
      writeFileSync(join(lockPath, "pid"), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = Number(readStamp(join(lockPath, "pid")));
    const isFresh = existsSync(lockPath) && Date.now() - statSync(lockPath).mtimeMs < 5_000;
    if (owner ? !isAlive(owner) : !isFresh) releaseLock();
    else await sleep(200);
  }
  console.error("Storedesk: another start in this folder does not finish");
  process.exit(1);
}

await takeLock();
process.on("SIGINT", () => {
  releaseLock();
  process.exit(130);
});
try {
  await install();
  if (wantsBuild) await build();
} finally {
  releaseLock();
}
