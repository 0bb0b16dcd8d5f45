import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { incident, moneyOp, opAttempt, payOrder } from "#lib/db/schema.ts";
import {
  idleConnectionMs,
  keepRunning,
  runScript,
  scriptFlags,
  untilAnswers,
} from "#scripts/launch/programs.mjs";
import { keptSecret } from "#scripts/launch/settings.mjs";
import { startPostgres } from "#scripts/pg.mjs";
import { freePort } from "#scripts/process/port.mjs";
import { comeIn } from "../teller.ts";
import { openBalancer } from "./balancer.ts";
import { makeImage } from "./image.ts";
import { openTill, type Sale } from "./till.ts";

const patienceMs = 60_000;
const parts: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of parts.toReversed()) await end();
});

/** A PostgreSQL of one's own with the demo shop in it, the simulators, and the settings of everybody. */
async function openShop() {
  const data = mkdtempSync(join(tmpdir(), "storedesk-rolling-"));
  chmodSync(data, 0o755);
  parts.push(() => rmSync(data, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir: join(data, "postgres") });
  parts.push(postgres.stop);
  const [one, two, scan2pay, ksher] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const balancer = await openBalancer([one, two]);
  parts.push(balancer.close);
  Object.assign(process.env, {
    NODE_ENV: "production",
    DATABASE_URL: postgres.url,
    STOREDESK_DATA: data,
    STOREDESK_DEMO: "1",
    STOREDESK_URL: balancer.origin,
    STOREDESK_DRAIN_SECONDS: "1",
    STOREDESK_MASTER_KEY: keptSecret(data, "master-key", 32),
    NEXTAUTH_URL: balancer.origin,
    NEXTAUTH_SECRET: keptSecret(data, "next-auth-secret", 48),
    SCAN2PAY_SIMULATOR_PORT: String(scan2pay),
    KSHER_SIMULATOR_PORT: String(ksher),
  });
  const signal = new AbortController().signal;
  await runScript("scripts/migrate.ts", process.env, signal);
  const quiet = { log: () => undefined, giveUp: () => undefined };
  const simulators = keepRunning("The simulators", {
    ...{ args: [...scriptFlags, "scripts/simulators.ts"], env: process.env, ...quiet },
  });
  parts.push(simulators.stop);
  const control = `http://127.0.0.1:${scan2pay}/_control`;
  await untilAnswers(`${control}/`, { signal, patienceMs });
  await runScript("scripts/demo.ts", process.env, signal);
  const tell = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${control}/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  return { databaseUrl: postgres.url, ports: [one, two] as const, balancer, control: tell };
}

// A second try would open the second shop's books with the first one's keys.
const once = { retry: 0, timeout: 180_000 };

test(
  "two instances of the image are restarted in turn while refunds flow: nothing lost, nothing doubled, no request fails",
  once,
  async () => {
    const image = makeImage();
    parts.push(image.close);
    const shop = await openShop();
    const instances = shop.ports.map((port) => image.start(port, process.env));
    await Promise.all(instances.map((instance) => instance.ready()));
    const { headers } = await fetch(`http://127.0.0.1:${shop.ports[0]}/api/health`);
    expect(headers.get("keep-alive")).toBe(`timeout=${idleConnectionMs / 1000}`);
    const till = await openTill(shop);
    parts.push(till.close);
    const cashier = await comeIn(shop.balancer.origin, "cashier");

    const sales: Sale[] = [];
    let isOver = false;
    let reads = 0;
    const refunds = (async () => {
      while (!isOver) {
        const sale = await till.sell();
        sales.push(sale);
        // Some answers come late: then an instance is told to end while one is on its way.
        if (sales.length % 2 === 0)
          await shop.control("POST", "faults", {
            kind: "delay",
            delayMs: 700,
            service: "Refund",
            storeOrderNo: sale.orderNo,
          });
        await till.giveBack(sale);
      }
    })();
    const reader = (async () => {
      for (; !isOver; reads += 1) {
        const answer = await cashier.get(`${shop.balancer.origin}/api/counter`);
        expect(answer.status).toBe(200);
        await answer.arrayBuffer();
      }
    })();

    for (const [place, instance] of instances.entries()) {
      const before = sales.length;
      await expect.poll(() => sales.length, { timeout: patienceMs }).toBeGreaterThan(before + 2);
      const ended = await instance.end();
      expect([ended.code, ended.signal]).toEqual([143, null]);
      const again = image.start(instance.port, process.env);
      instances[place] = again;
      await again.ready();
    }
    const after = sales.length;
    await expect.poll(() => sales.length, { timeout: patienceMs }).toBeGreaterThan(after + 2);
    isOver = true;
    await Promise.all([refunds, reader]);

    const { db } = till.database;
    const open = sql`select 1 from money_op where state <> 'SUCCEEDED'`;
    await expect.poll(async () => (await db.execute(open)).rows.length, { timeout: patienceMs }).toBe(0);
    for (const { orderNo, amountMinor } of sales) {
      const [order] = (await shop.control("GET", `orders?storeOrderNo=${orderNo}`)) as {
        effects: { kind: string; amount: number }[];
      }[];
      const moved = order?.effects.filter(({ kind }) => kind === "refund").map(({ amount }) => amount);
      expect([orderNo, moved]).toEqual([orderNo, [amountMinor]]);
    }
    const sends = await db
      .select({ orderNo: payOrder.orderNo, attempts: sql<number>`count(*)::int` })
      .from(opAttempt)
      .innerJoin(moneyOp, eq(moneyOp.id, opAttempt.opId))
      .innerJoin(payOrder, eq(payOrder.id, moneyOp.orderId))
      .groupBy(payOrder.orderNo)
      .orderBy(asc(payOrder.orderNo));
    // Finished before it went: no send was cut off, so none had to be asked about.
    expect(sends.filter(({ attempts }) => attempts !== 1)).toEqual([]);
    expect(sends.length).toBeGreaterThanOrEqual(sales.length);
    expect(await db.select().from(incident).where(eq(incident.kind, "unknownOutcome"))).toEqual([]);
    expect(await verifyAudit(till.database)).toMatchObject({ isWhole: true });
    expect(shop.balancer.failures).toEqual([]);
    expect(reads).toBeGreaterThan(50);
    expect(image.logged()).toContain("stopping: finishes what is on its way");
  },
);
