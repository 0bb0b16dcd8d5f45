import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { openDatabase } from "#lib/db/client.ts";
import { metrics } from "#lib/metrics.ts";
import { openCounter } from "#test/counter.ts";
import { recoveryOf } from "#test/recovery.ts";
import { exposeMetrics } from "./expose-metrics.ts";
import { readiness, sayStopping } from "./readiness.ts";

const counter = openCounter();
const { order, asked, settled, open } = counter;
const { sent } = recoveryOf(counter);

const text = async () => (await exposeMetrics(counter.database)).text;

/** Names that stand before `{`, `[` or an end in a PromQL text, functions and words of the language left out. */
const namesIn = (said: string) => [
  ...new Set([...said.matchAll(/\b(?:storedesk|nodejs|process)_[a-z0-9_]+\b/g)].map(([name]) => name)),
];

test("what waits, what nobody knows and what was said at the gateway is counted; no number and no secret is shown", async () => {
  const [paid, waiting, lost] = [await order("paid"), await order("paid"), await order("paid")];
  await sent(paid);
  await settled(paid, "SUCCEEDED");
  await asked(waiting);
  const said = await text();
  const { slug } = open().shop.account;
  expect(said).toMatch(/^storedesk_approvals_waiting 1$/m);
  expect(said).toMatch(/^storedesk_approvals_waiting_age_seconds \d/m);
  expect(said).toMatch(new RegExp(`^storedesk_gateway_calls_total\\{.*account="${slug}".*\\} [1-9]`, "m"));
  expect(said).toMatch(/^storedesk_gateway_call_seconds_count\{kind="send",outcome="done"\} [1-9]/m);
  expect(said).toMatch(new RegExp(`^storedesk_lane_gap_seconds\\{account="${slug}"\\} 0\\.06$`, "m"));
  expect(said).toMatch(/^storedesk_clerk_turn_timestamp_seconds 1\d{9}/m);
  expect(said).toMatch(/^storedesk_ready 1$/m);
  expect(said).toMatch(/^storedesk_sending_off 0$/m);
  for (const at of [paid, waiting, lost]) expect(said).not.toContain(at.orderNo);
  expect(said).not.toContain(open().cashier.username);
});

test("an outcome that nobody has known for two hours stands under its age", async () => {
  const { db } = counter.database;
  await db.execute(sql`alter table money_op disable trigger user`);
  await db.execute(
    sql`update money_op set state = 'UNKNOWN', last_sent_at = clock_timestamp() - interval '2 hours', next_ask_at = 'infinity'`,
  );
  expect(await text()).toMatch(/^storedesk_unknown_operations\{age="under_1d"\} 1$/m);
});

test("books that are away do not hide what the process knows of itself", async () => {
  const away = openDatabase("postgres://nobody@127.0.0.1:1/nothing", 1);
  const { text: said } = await exposeMetrics(away);
  await away.pool.end();
  expect(said).toMatch(/^storedesk_books_read 0$/m);
  expect(said).toMatch(/^storedesk_ready 0$/m);
  expect(said).toContain("nodejs_eventloop_lag_p99_seconds");
});

test("every metric that an alert or the dashboard names is one that the desk exports", async () => {
  const said = await text();
  const exported = new Set([...said.matchAll(/^([a-z0-9_]+)[ {]/gm)].map(([, name]) => name));
  for (const file of ["deploy/alerts.yml", "deploy/grafana-dashboard.json"]) {
    const named = namesIn(readFileSync(file, "utf8"));
    expect(named.length, file).toBeGreaterThan(12);
    expect(
      named.filter((name) => !exported.has(name)),
      file,
    ).toEqual([]);
  }
  expect(metrics().registry.getMetricsAsArray().length).toBeGreaterThan(18);
});

describe("the address of the metrics", () => {
  const ask = async (token: string | undefined, authorization?: string) => {
    vi.resetModules();
    if (token !== undefined) vi.stubEnv("STOREDESK_METRICS_TOKEN", token);
    vi.stubEnv("DATABASE_URL", counter.url);
    const { GET } = await import("#app/metrics/route.ts");
    const { appDatabase } = await import("#lib/db/pool.ts");
    const headers = new Headers(authorization === undefined ? [] : [["authorization", authorization]]);
    const answer = await GET(new Request("http://127.0.0.1/metrics", { headers }));
    const read = { status: answer.status, text: await answer.text() };
    await appDatabase().pool.end();
    Reflect.deleteProperty(globalThis, Symbol.for("storedesk.database"));
    vi.unstubAllEnvs();
    return read;
  };
  const token = "a-token-of-sixteen-or-more";

  test("without a token in the settings it is shut, whoever asks", async () => {
    expect(await ask(undefined, "Bearer undefined")).toEqual({ status: 404, text: "" });
    expect(await ask("", "Bearer ")).toEqual({ status: 404, text: "" });
  });
  test("with one it opens to whoever sends it, and to nobody else", async () => {
    for (const wrong of [
      undefined,
      "",
      "Bearer",
      "Bearer ",
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
    ])
      expect([wrong, await ask(token, wrong)]).toEqual([wrong, { status: 401, text: "" }]);
    const right = await ask(token, `Bearer ${token}`);
    expect(right.status).toBe(200);
    expect(right.text).toMatch(/^storedesk_ready /m);
  });
});

test("ready while the books are there and of this version; not while they are older, away, or the process stops", async () => {
  const { database } = counter;
  expect(await readiness(database)).toBe("ready");
  await database.db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at - 1`);
  expect(await readiness(database)).toBe("migrating");
  await database.db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + 1`);
  const away = openDatabase("postgres://nobody@127.0.0.1:1/nothing", 1);
  expect(await readiness(away)).toBe("books-away");
  await away.pool.end();
  sayStopping();
  expect(await readiness(database)).toBe("stopping");
});
