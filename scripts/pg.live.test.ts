import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { startPostgres } from "./pg.mjs";
import { runningPostmaster } from "./postgres/cluster.mjs";
import { isAlive } from "./process/facts.mjs";

/** One cluster lives through the whole file, as in a shop: each test does something worse to it. */
const dataDir = mkdtempSync(join(tmpdir(), "storedesk-pg-"));
const cluster = join(dataDir, "cluster");
const start = () => startPostgres({ dataDir });

afterAll(async () => {
  await (await start()).stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 20_000);

async function ask(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function livePostmaster(): number {
  const found = runningPostmaster(cluster);
  if (!found) throw new Error("no postmaster runs");
  return found.pid;
}

/** A launcher of its own: starts the database, writes rows one commit at a time, tells us each acknowledged one. */
function startWriter() {
  const source = `
    import pg from "pg";
    import { startPostgres } from "./scripts/pg.mjs";
    const { url } = await startPostgres({ dataDir: process.argv[1] });
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    await client.connect();
    await client.query("create table if not exists paid (n int primary key)");
    const { rows } = await client.query("select coalesce(max(n), 0) as n from paid");
    for (let n = rows[0].n + 1; ; n += 1) {
      await client.query("insert into paid values ($1)", [n]);
      process.stdout.write(n + "\\n");
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source, dataDir], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const acknowledged: number[] = [];
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    acknowledged.push(...lines.map(Number));
  });
  return { child, acknowledged };
}

test("a first start makes a UTF-8 database on loopback that asks for its password", async () => {
  const { url, port, adopted } = await start();
  expect(adopted).toBe(false);
  const { rows } = await ask(
    url,
    `select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as host,
      current_setting('unix_socket_directories') as socket, current_setting('fsync') as fsync,
      current_setting('TimeZone') as zone,
      (select datcollate from pg_database where datname = current_database()) as collate`,
  );
  expect(rows[0]).toEqual({
    encoding: "UTF8",
    host: "127.0.0.1",
    socket: "",
    fsync: "on",
    zone: "UTC",
    collate: "C",
  });
  const stranger = `postgres://storedesk:guess@127.0.0.1:${port}/storedesk`;
  await expect(ask(stranger, "select 1")).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(dataDir, "access.json")).mode & 0o777).toBe(0o600);
}, 20_000);

test("a second start adopts the running server", async () => {
  const before = livePostmaster();
  const { adopted, pid, url } = await start();
  expect({ adopted, pid }).toEqual({ adopted: true, pid: before });
  expect((await ask(url, "select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("two starts at once share one server", async () => {
  await (await start()).stop();
  const both = await Promise.all([start(), start()]);
  expect(both[0].pid).toBe(both[1].pid);
  expect(both.map(({ adopted }) => adopted).sort()).toEqual([false, true]);
});

test("after kill -9 of the server the next start recovers on the same port", async () => {
  const before = await start();
  process.kill(before.pid, "SIGKILL");
  const after = await start();
  expect(after.adopted).toBe(false);
  expect(after.port).toBe(before.port);
  expect((await ask(after.url, "select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("a pid file that names an unrelated live process does not block the start", async () => {
  const pidFile = join(cluster, "postmaster.pid");
  const lines = readFileSync(pidFile, "utf8").split("\n");
  process.kill(livePostmaster(), "SIGKILL");
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  try {
    writeFileSync(pidFile, [stranger.pid, ...lines.slice(1)].join("\n"));
    const { adopted, pid } = await start();
    expect(adopted).toBe(false);
    expect(pid).not.toBe(stranger.pid);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
  } finally {
    stranger.kill("SIGKILL");
  }
});

test.each(["the launcher", "both"])("every acknowledged row survives kill -9 of %s", async (victim) => {
  const { child, acknowledged } = startWriter();
  await until(() => acknowledged.length >= 200 || child.exitCode !== null);
  expect(child.exitCode).toBe(null);
  const postmaster = livePostmaster();
  child.kill("SIGKILL");
  if (victim === "both") process.kill(postmaster, "SIGKILL");
  const { url, adopted } = await start();
  expect(adopted).toBe(victim !== "both");
  await until(() => child.signalCode !== null);
  const { rows } = await ask(url, "select n from paid order by n");
  const kept = new Set(rows.map(({ n }) => n));
  expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
});

test("a lost password is replaced without losing a row", async () => {
  const before = await start();
  const count = "select count(*)::int as n from paid";
  const rows = (await ask(before.url, count)).rows;
  rmSync(join(dataDir, "access.json"));
  const after = await start();
  expect(after.url).not.toBe(before.url);
  expect((await ask(after.url, count)).rows).toEqual(rows);
});

test("a busy port is refused by name when demanded", async () => {
  const { port, stop } = await start();
  const other = mkdtempSync(join(tmpdir(), "storedesk-pg-"));
  await expect(startPostgres({ dataDir: other, port })).rejects.toThrow(`cannot have port ${port}`);
  rmSync(other, { recursive: true, force: true });
  await stop();
  expect(runningPostmaster(cluster)).toBe(null);
  expect(existsSync(join(cluster, "postmaster.pid"))).toBe(false);
});

test.runIf(process.getuid?.() === 0)(
  "root in a private folder keeps the database elsewhere",
  async () => {
    const privateFolder = mkdtempSync(join(tmpdir(), "storedesk-private-"));
    expect(statSync(privateFolder).mode & 0o077).toBe(0);
    const inside = join(privateFolder, "data", "postgres");
    const first = await startPostgres({ dataDir: inside });
    const { home } = JSON.parse(readFileSync(join(inside, "elsewhere.json"), "utf8"));
    try {
      expect(home).toMatch(/^\/var\/lib\/storedesk\//);
      await ask(first.url, "create table kept (n int)");
      await first.stop();
      const second = await startPostgres({ dataDir: inside });
      expect(second.url).toBe(first.url);
      expect((await ask(second.url, "select count(*)::int as n from kept")).rows).toEqual([{ n: 0 }]);
      await second.stop();
    } finally {
      spawnSync("rm", ["-rf", privateFolder, home]);
    }
  },
  20_000,
);
