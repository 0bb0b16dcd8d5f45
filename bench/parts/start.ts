/** B12: from a fresh clone to a desk that answers, and a second start. */
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { freePort } from "../../scripts/process/port.mjs";
import { atMost, type Figure, timed, within } from "../measure.ts";

/** What this machine asks of every program, its proxy and its certificates say, and nothing that is said to a desk. */
function machine(): NodeJS.Dict<string> {
  const ofDesk = parseEnv(readFileSync(".env.example", "utf8"));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !(name in ofDesk)));
}

/** `npm start` until it says that it is ready; then it is stopped. */
async function startOnce(folder: string): Promise<number> {
  const [port, scan2pay, ksher] = await Promise.all([freePort(), freePort(), freePort()]);
  const env: NodeJS.ProcessEnv = {
    ...machine(),
    ...{ NODE_ENV: "development", PORT: String(port) },
    ...{ SCAN2PAY_SIMULATOR_PORT: String(scan2pay), KSHER_SIMULATOR_PORT: String(ksher) },
  };
  const began = performance.now();
  const desk = spawn("npm", ["start"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((done) => desk.once("exit", () => done()));
  const ready = await new Promise<number>((done, fail) => {
    desk.stdout.setEncoding("utf8").on("data", (said: string) => {
      if (said.includes("Storedesk ready on")) done(performance.now() - began);
    });
    void ended.then(() => fail(new Error("npm start ended before it was ready")));
  });
  desk.kill("SIGTERM");
  await ended;
  return ready;
}

export async function start(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "storedesk-clone-"));
  chmodSync(folder, 0o755);
  const clone = join(folder, "clone");
  try {
    execFileSync("git", ["clone", "-q", process.cwd(), clone]);
    const first = await startOnce(clone);
    const second = await startOnce(clone);
    rmSync(join(clone, "node_modules"), { recursive: true });
    const install = await timed(async () =>
      execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: clone, stdio: "ignore" }),
    );
    return [
      atMost("B12", "fresh clone to ready, beside npm ci alone", {
        ...{ ours: first / 1000, peer: install / 1000, limit: 1.8, unit: "s" },
      }),
      within("B12", "second start", { ours: second / 1000, limit: 5, unit: "s" }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
