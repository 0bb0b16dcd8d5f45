import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dashboardArgs, keepRunning, runScript, scriptFlags, untilAnswers } from "../launch/programs.mjs";
import { keptSecret } from "../launch/settings.mjs";
import { startPostgres } from "../pg.mjs";
import { freePort } from "../process/port.mjs";

export type Stage = {
  /** The instances' addresses. */
  readonly instances: readonly [string, ...string[]];
  /** The Scan2Pay simulator's control side. */
  readonly control: string;
  /** What every program here is told, the database's address among it. */
  readonly env: NodeJS.ProcessEnv;
  /** What was said about programs that ended by themselves. */
  readonly restarts: string[];
  stop(): Promise<void>;
};

const patienceMs = 60_000;

/**
 * Instances of the dashboard as `npm start` serves it, two unless told otherwise, on one embedded PostgreSQL, with the demo shop and the strict
 * simulator, all in a folder and on ports of their own. The instances answer to one public address, as behind a balancer.
 */
export async function openStage({ count = 2 } = {}): Promise<Stage> {
  const data = mkdtempSync(join(tmpdir(), "storedesk-soak-"));
  // Private, it would send the database of root to another folder, where it stays.
  chmodSync(data, 0o755);
  const postgres = await startPostgres({ dataDir: join(data, "postgres") });
  const parts: { stop(): Promise<void> | void }[] = [postgres];
  const restarts: string[] = [];
  async function stop() {
    for (const part of parts.toReversed()) await part.stop();
    rmSync(data, { recursive: true, force: true });
  }
  try {
    const [port, scan2pay, ksher] = [await freePort(), await freePort(), await freePort()];
    const others = await Promise.all(Array.from({ length: count - 1 }, freePort));
    const url = `http://localhost:${port}`;
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: postgres.url,
      STOREDESK_DATA: data,
      STOREDESK_DEMO: "1",
      STOREDESK_URL: url,
      STOREDESK_MASTER_KEY: keptSecret(data, "master-key", 32),
      NEXTAUTH_URL: url,
      NEXTAUTH_SECRET: keptSecret(data, "next-auth-secret", 48),
      NEXT_TELEMETRY_DISABLED: "1",
      SCAN2PAY_SIMULATOR_PORT: String(scan2pay),
      KSHER_SIMULATOR_PORT: String(ksher),
    };
    const signal = new AbortController().signal;
    const note = (line: string) => void restarts.push(line);
    const keep = (what: string, args: string[]) =>
      parts.push(keepRunning(what, { args, env, log: note, giveUp: note }));
    const control = `http://127.0.0.1:${scan2pay}/_control`;
    await runScript("scripts/migrate.ts", env, signal);
    keep("The simulators", [...scriptFlags, "scripts/simulators.ts"]);
    await untilAnswers(`${control}/`, { signal, patienceMs });
    await runScript("scripts/demo.ts", env, signal);
    const start = (at: number) => {
      keep(`Instance ${at}`, dashboardArgs("127.0.0.1", at));
      return `http://127.0.0.1:${at}`;
    };
    const instances: Stage["instances"] = [start(port), ...others.map(start)];
    for (const instance of instances) await untilAnswers(`${instance}/api/health`, { signal, patienceMs });
    return { instances, control, env, restarts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
