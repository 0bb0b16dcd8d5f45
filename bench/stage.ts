import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { comeIn, type Teller } from "#test/teller.ts";
import { nextProgram } from "../scripts/bootstrap/install.mjs";
import { keepRunning, untilAnswers } from "../scripts/launch/programs.mjs";
import { commandLine, isAlive, parentOf } from "../scripts/process/facts.mjs";
import { freePort } from "../scripts/process/port.mjs";
import { openStage } from "../scripts/soak/stage.ts";

const patienceMs = 60_000;
/** Tells the bare app's process from the instances'. */
const bareMark = "STOREDESK_BENCH_BARE";
/** The demo shop's account at Scan2Pay, and an order in its books. */
export const account = "xinyi";
export const knownNo = "B-KNOWN";

export type BenchStage = {
  /** Instances of the dashboard on one PostgreSQL, as `npm start` serves it. */
  readonly instances: readonly [string, ...string[]];
  /** The bare Next app beside them, on the same database. */
  readonly bare: string;
  readonly books: pg.Pool;
  readonly cashier: Teller;
  control<T = unknown>(path: string, body?: object, method?: string): Promise<T>;
  /** A new order at the gateway. */
  order(storeOrderNo: string, state: "open" | "paid"): Promise<void>;
  /** Lays orders of the gateway into the books as if somebody had looked each up once. */
  known(orderNos: readonly string[]): Promise<void>;
  /** Resident memory in MB: the mean of the instances, and the bare app. Linux only: /proc is read. */
  memory(): { ours: number; bare: number };
  stop(): Promise<void>;
};

/** Builds the bare app. */
function buildBare(): Promise<void> {
  return new Promise((done, fail) => {
    const build = spawn(process.execPath, [nextProgram, "build"], {
      cwd: join("bench", "bare"),
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
    build.once("exit", (code) => (code === 0 ? done() : fail(new Error("the bare app does not build"))));
  });
}

/** Everything that is measured, on ports and in a folder of its own. This process works with the same keys and books. */
export async function openBench(how: { count: number }): Promise<BenchStage> {
  await buildBare();
  const stage = await openStage(how);
  const port = await freePort();
  const bareApp = keepRunning("The bare app", {
    args: [nextProgram, "start", join("bench", "bare"), "-H", "127.0.0.1", "-p", String(port)],
    // None of the desk's keys: were the desk's own start in it, it would not come up.
    env: { DATABASE_URL: stage.env.DATABASE_URL, NODE_ENV: "production", [bareMark]: "1" },
    log: console.error,
    giveUp: console.error,
  });
  const bare = `http://127.0.0.1:${port}`;
  Object.assign(process.env, stage.env);
  const books = new pg.Pool({ connectionString: stage.env.DATABASE_URL, max: 8 });
  async function control<T>(path: string, body?: object, method = body ? "POST" : "GET"): Promise<T> {
    const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
    const answer = await fetch(`${stage.control}/${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  }
  const order = async (storeOrderNo: string, state: "open" | "paid") => {
    await control("orders", { storeOrderNo, totalFee: 100, state });
  };
  try {
    await untilAnswers(`${bare}/api/row`, { signal: new AbortController().signal, patienceMs });
    const cashier = await comeIn(stage.instances[0], "cashier");
    await order(knownNo, "open");
    await (await cashier.get(`${stage.instances[0]}/search?q=${knownNo}`)).text();
    return {
      ...{ instances: stage.instances, bare, books, cashier, control, order },
      memory,
      known: (orderNos) => layIn(books, orderNos),
      async stop() {
        await books.end();
        await bareApp.stop();
        await stage.stop();
      },
    };
  } catch (error) {
    await books.end();
    await bareApp.stop();
    await stage.stop();
    throw error;
  }
}

function memory(): { ours: number; bare: number } {
  const servers = readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isSafeInteger(pid) && parentOf(pid) === process.pid && isAlive(pid))
    .filter((pid) => commandLine(pid).includes("next"));
  const sizes = servers.map((pid) => ({
    isBare: readFileSync(`/proc/${pid}/environ`, "utf8").includes(bareMark),
    mb: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024,
  }));
  const mean = (isBare: boolean) => {
    const some = sizes.filter((one) => one.isBare === isBare).map(({ mb }) => mb);
    return some.reduce((sum, mb) => sum + mb, 0) / some.length;
  };
  return { ours: mean(false), bare: mean(true) };
}

/** Through the lane two hundred looks would take seven minutes. */
async function layIn(books: pg.Pool, orderNos: readonly string[]): Promise<void> {
  await books.query(
    `insert into pay_order (account_id, store_id, order_no, currency, gateway_state, amount_minor, as_of_at)
     select a.id, a.store_id, no, 'TWD', 'waiting', 100, clock_timestamp() from merchant_account a, unnest($2::text[]) no where a.slug = $1`,
    [account, orderNos],
  );
}
