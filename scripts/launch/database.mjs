/** The database under the launcher: the operator's own, or the embedded one kept running. */
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../pg.mjs";
import { WrongSetting } from "./settings.mjs";

const lookMs = 250;
const versionMin = 150_000;

/** Proves before anything else starts that the operator's database answers and is new enough. @param {string} url */
export async function checkDatabase(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query("select current_setting('server_version_num')::int as version");
    if (rows[0].version < versionMin) throw new Error("it is older than PostgreSQL 15");
  } catch (error) {
    throw new WrongSetting(`DATABASE_URL names a database that cannot be used: ${reasonOf(error)}.`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A refused connection is an AggregateError without a message of its own. @param {any} error @returns {string} */
function reasonOf(error) {
  return error.message || error.errors?.[0]?.message || error.code || String(error);
}

/**
 * Starts the embedded database and starts it again, on the same port, should it end while the dashboard lives.
 * @param {string} data @param {(line: string) => void} log
 */
export async function keepDatabase(data, log) {
  const dataDir = join(data, "postgres");
  let running = await startPostgres({ dataDir, log });
  const { url, port } = running;
  let isStopping = false;
  /** @type {Promise<void>} */
  let restart = Promise.resolve();
  let isBusy = false;

  async function startAgain() {
    log("The database stopped; starting it again");
    try {
      running = await startPostgres({ dataDir, port, log });
    } catch (error) {
      log(`The database does not start yet: ${reasonOf(error)}`);
    }
    isBusy = false;
  }

  const timer = setInterval(() => {
    if (isStopping || isBusy || running.isRunning()) return;
    isBusy = true;
    restart = startAgain();
  }, lookMs);

  return {
    url,
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await restart;
      await running.stop();
    },
    /** Tells it to end and does not wait. */
    kill() {
      isStopping = true;
      clearInterval(timer);
      if (running.isRunning()) process.kill(running.pid, "SIGINT");
    },
  };
}
