import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import {
  dashboardArgs,
  keepRunning,
  runScript,
  scriptFlags,
  untilAnswers,
} from "#scripts/launch/programs.mjs";
import { keptSecret } from "#scripts/launch/settings.mjs";
import { startPostgres } from "#scripts/pg.mjs";
import { freePort } from "#scripts/process/port.mjs";

/** Talks to the control side of a simulator. */
export type Control = (method: string, path: string, body?: object) => Promise<unknown>;

/** The desk's programs, each started and killed by the test itself: the dashboard, PostgreSQL and the gateways' simulators over HTTP. */
export type Scene = {
  readonly origin: string;
  /** The database's address; the same after every new start. */
  readonly databaseUrl: string;
  readonly controls: Readonly<Record<GatewayId, Control>>;
  /** kill -9, and at once a new one. */
  killDashboard(): void;
  /** `pg_ctl stop -m immediate`, and a new start; done when the server takes connections again. */
  stopPostgresAtOnce(): Promise<void>;
  /** From now until the dashboard answers from its books, in ms. */
  untilWell(): Promise<number>;
  /** Everything the dashboards logged. */
  logged(): string;
  close(): Promise<void>;
};

const patienceMs = 60_000;
const tether = pathToFileURL("scripts/tether.mjs").href;

/** Whether a condition holds within the patience; asked again and again, errors count as no. */
export async function insist<T>(what: string, ask: () => Promise<T | null>, forMs = patienceMs): Promise<T> {
  const until = performance.now() + forMs;
  for (;;) {
    const [value, error] = await ask().then(
      (seen) => [seen, null] as const,
      (thrown: unknown) => [null, thrown] as const,
    );
    if (value !== null) return value;
    if (performance.now() > until) throw new Error(`not in time: ${what}`, { cause: error });
    await pause(25);
  }
}

/** Opens the demo shop on programs of its own. The environment of this process becomes the dashboard's: the books are read with the same keys. */
export async function openScene(): Promise<Scene> {
  const data = mkdtempSync(join(tmpdir(), "storedesk-scene-"));
  // Private, it would send the database of root to another folder, where it stays.
  chmodSync(data, 0o755);
  const dataDir = join(data, "postgres");
  let postgres = await startPostgres({ dataDir });
  const [port, scan2pay, ksher] = await Promise.all([freePort(), freePort(), freePort()]);
  const origin = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    NODE_ENV: "production",
    DATABASE_URL: postgres.url,
    STOREDESK_DATA: data,
    STOREDESK_DEMO: "1",
    STOREDESK_URL: `http://localhost:${port}`,
    STOREDESK_MASTER_KEY: keptSecret(data, "master-key", 32),
    NEXTAUTH_URL: `http://localhost:${port}`,
    NEXTAUTH_SECRET: keptSecret(data, "next-auth-secret", 48),
    NEXT_TELEMETRY_DISABLED: "1",
    SCAN2PAY_SIMULATOR_PORT: String(scan2pay),
    KSHER_SIMULATOR_PORT: String(ksher),
  });
  const signal = new AbortController().signal;
  const logFile = join(data, "dashboard.log");
  await runScript("scripts/migrate.ts", process.env, signal);
  const simulators = keepRunning("The simulators", {
    args: [...scriptFlags, "scripts/simulators.ts"],
    env: process.env,
    log: () => undefined,
    giveUp: () => undefined,
  });
  for (const simulator of [scan2pay, ksher])
    await untilAnswers(`http://127.0.0.1:${simulator}/_control/`, { signal, patienceMs });
  await runScript("scripts/demo.ts", process.env, signal);
  let dashboard = startDashboard(port, logFile);
  const isWell = async () => {
    const { ok } = await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(2_000) });
    return ok ? true : null;
  };
  await insist("the dashboard answers", isWell);

  return {
    origin,
    databaseUrl: postgres.url,
    controls: { scan2pay: controlAt(scan2pay), ksher: controlAt(ksher) },
    killDashboard() {
      dashboard.kill("SIGKILL");
      dashboard = startDashboard(port, logFile);
    },
    async stopPostgresAtOnce() {
      process.kill(postgres.pid, "SIGQUIT");
      await insist("PostgreSQL is gone", async () => (postgres.isRunning() ? null : true));
      postgres = await startPostgres({ dataDir, port: postgres.port });
    },
    async untilWell() {
      const began = performance.now();
      await insist("the dashboard answers", isWell);
      return Math.round(performance.now() - began);
    },
    logged: () => readFileSync(logFile, "utf8"),
    async close() {
      dashboard.kill("SIGKILL");
      await simulators.stop();
      await postgres.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function controlAt(port: number): Control {
  return async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/_control/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
}

function startDashboard(port: number, logFile: string): ChildProcess {
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, ["--import", tether, ...dashboardArgs("127.0.0.1", port)], {
    env: { ...process.env, STOREDESK_LAUNCHER_PID: String(process.pid) },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return child;
}
