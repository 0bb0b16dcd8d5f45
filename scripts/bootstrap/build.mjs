/** The build of the dashboard. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { nextProgram, pinnedNode } from "./install.mjs";
import { hashSources, makeStamped, readStamp } from "./stamp.mjs";
import { root, WorkFailed, work } from "./work.mjs";

const buildIdLength = 10;
const stampPath = join(root, ".next", "storedesk-built");

const sources = {
  folders: ["app", "components", "lib", "messages", "pages", "public"],
  files: [
    "instrumentation.ts",
    "next.config.js",
    "package.json",
    "package-lock.json",
    "postcss.config.mjs",
    "proxy.ts",
    "tailwind.config.ts",
    "tsconfig.json",
  ],
  leaveOut: /\.test\.tsx?$|\/(simulator|fixtures)\//,
};

function stampNow() {
  return hashSources(root, sources);
}

export function isBuildFresh() {
  return existsSync(join(root, ".next", "BUILD_ID")) && readStamp(stampPath) === stampNow();
}

/** One key for every build here, so that the actions of a page opened before a rebuild still work after it. */
function actionsKey() {
  const folder = resolve(root, process.env.STOREDESK_DATA || ".data");
  const path = join(folder, "actions-key");
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, randomBytes(32).toString("base64"), { mode: 0o600 });
  }
  return readFileSync(path, "utf8");
}

export async function build() {
  const stamp = stampNow();
  await makeStamped(stampPath, stamp, async () => {
    const answer = await work("Building", pinnedNode, [nextProgram, "build"], {
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      STOREDESK_BUILD: stamp.slice(0, buildIdLength),
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY || actionsKey(),
    });
    if (!answer.isGood) throw new WorkFailed("The build failed.", answer.said);
  });
}
