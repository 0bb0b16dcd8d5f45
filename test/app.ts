import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { commandLine, isAlive, parentOf } from "#scripts/process/facts.mjs";
import { freePort } from "#scripts/process/port.mjs";
import { testEnvironment } from "./environment.ts";

/** Desks started as `npm start` starts them, for the tests of whole programs. A folder of its own and ports of its own for one desk, whatever happens to the desk. */
export type Place = {
  readonly data: string;
  readonly origin: string;
  readonly control: string;
  readonly env: NodeJS.ProcessEnv;
};

/** Settings on top of the place's own. */
export type Variables = Readonly<Record<string, string>>;

export type Desk = {
  readonly pid: number;
  /** From the start of the launcher to its last word. */
  readonly readyMs: number;
  /** Everything it printed so far. */
  said(): string;
  /** How it ended: its exit code, or the signal. */
  readonly ended: Promise<number | string>;
};

const readyPatienceMs = 90_000;

export async function findPlace(variables: Variables = {}): Promise<Place> {
  const data = mkdtempSync(join(tmpdir(), "storedesk-app-"));
  // Private, it would send the database of root to another folder, where it stays.
  chmodSync(data, 0o755);
  const [port, scan2pay, ksher] = await Promise.all([freePort(), freePort(), freePort()]);
  const own = {
    PORT: String(port),
    STOREDESK_DEMO: "1",
    STOREDESK_DATA: data,
    SCAN2PAY_SIMULATOR_PORT: String(scan2pay),
    KSHER_SIMULATOR_PORT: String(ksher),
  };
  // The tests' own settings are none of a desk's.
  const foreign = Object.fromEntries(Object.keys(testEnvironment).map((name) => [name, undefined]));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...foreign,
    NODE_ENV: "development",
    ...own,
    ...variables,
  };
  const control = `http://127.0.0.1:${scan2pay}/_control`;
  return { data, origin: `http://127.0.0.1:${port}`, control, env };
}

/** Starts the launcher as `npm start` does once the build is there. */
export function launch({ env }: Place, variables: Variables = {}) {
  const child = spawn(process.execPath, ["scripts/launch.mjs"], {
    env: { ...env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let heard = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      heard += chunk;
    });
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code ?? 1)),
  );
  return { pid: child.pid ?? 0, said: () => heard, ended };
}

/** Starts a desk and waits until it says that it is ready. */
export async function openDesk(place: Place, variables: Variables = {}): Promise<Desk> {
  const began = performance.now();
  const desk = launch(place, variables);
  const hasEnded = desk.ended.then(() => "ended" as const);
  while (!desk.said().includes("Storedesk ready on")) {
    const pause = new Promise<"pause">((resolve) => setTimeout(resolve, 20, "pause"));
    const isLate = performance.now() - began > readyPatienceMs;
    if (isLate || (await Promise.race([hasEnded, pause])) === "ended")
      throw new Error(`The desk did not open:\n${desk.said()}`);
  }
  return { ...desk, readyMs: Math.round(performance.now() - began) };
}

/** Runs a program to its end. */
export async function run(program: string, args: readonly string[], { env }: { env: NodeJS.ProcessEnv }) {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { status, stdout, stderr };
}

/** The programs a launcher keeps running, by what they are. Linux only: /proc is read. */
export function programsOf({ data }: Place, desk: Desk) {
  const children = readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isSafeInteger(pid) && parentOf(pid) === desk.pid && isAlive(pid));
  const find = (part: string) => children.find((pid) => commandLine(pid).includes(part)) ?? 0;
  return {
    launcher: desk.pid,
    dashboard: find("next"),
    simulators: find("scripts/simulators.ts"),
    database: postmasterOf(data),
  };
}

function postmasterOf(data: string): number {
  return Number(readFileSync(join(data, "postgres", "cluster", "postmaster.pid"), "utf8").split("\n", 1)[0]);
}

/** The address of a desk's embedded database. */
export function databaseOf({ data }: Place): string {
  const { port, password } = JSON.parse(readFileSync(join(data, "postgres", "access.json"), "utf8"));
  return `postgres://storedesk:${encodeURIComponent(password)}@127.0.0.1:${port}/storedesk`;
}

export async function askBooks<T extends pg.QueryResultRow>(place: Place, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseOf(place) });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The environment of a script beside a running desk: its database and the secrets it keeps. */
export function envBeside(place: Place): NodeJS.ProcessEnv {
  const kept = (name: string) => readFileSync(join(place.data, name), "utf8").trim();
  return {
    ...place.env,
    DATABASE_URL: databaseOf(place),
    STOREDESK_MASTER_KEY: kept("master-key"),
    NEXTAUTH_SECRET: kept("next-auth-secret"),
  };
}

export async function closeDesk(place: Place, desk: Desk): Promise<void> {
  if (isAlive(desk.pid)) process.kill(desk.pid, "SIGTERM");
  await desk.ended;
  rmSync(place.data, { recursive: true, force: true });
}
