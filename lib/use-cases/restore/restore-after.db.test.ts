import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { writeBackup } from "#lib/db/backup/write-backup.ts";
import { openDatabase } from "#lib/db/client.ts";
import { accountChore, foundRefund, installation, moneyOp, payOrder } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { recoveryOf } from "#test/recovery.ts";
import { makeContext } from "../app-context.ts";
import { startClerk } from "../clerk.ts";
import { nextMerchantNo } from "./next-merchant-no.ts";
import { restoreBooks } from "./restore-books.ts";
import { keepHead } from "./restore-gate.ts";

const operationsMax = 20;
const counter = openCounter();
const { open, control, order, settled, sendClerkHome } = counter;
const { sent } = recoveryOf(counter);
const folder = mkdtempSync(join(tmpdir(), "storedesk-after-"));
const headFile = join(folder, "audit-head.json");
afterAll(async () => {
  await asAdmin(`drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(inject("postgresUrl")), { pathname: "/postgres" }).toString(),
  });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

const name = `t_after_${process.pid}`;
const url = Object.assign(new URL(counter.url), { pathname: `/${name}` }).toString();

/** What somebody finds who restores this backup now and starts: the refunds imported, and the next number. */
async function found(backup: string): Promise<{ orders: string[]; sending: string | null; nextNo: string }> {
  const database = openDatabase(url, 5);
  const ctx = makeContext(database);
  try {
    await database.pool.query(
      "drop schema public cascade; drop schema if exists drizzle cascade; create schema public",
    );
    await restoreBooks(ctx, backup, headFile);
    const stop = startClerk(ctx, { headFile });
    const chore = database.db.select().from(accountChore).where(eq(accountChore.kind, "reconcile"));
    await expect.poll(async () => (await chore)[0]?.doneAt ?? null, { interval: 20 }).not.toBeNull();
    await stop();
    const rows = await database.db
      .select({ orderNo: payOrder.orderNo })
      .from(foundRefund)
      .innerJoin(payOrder, eq(payOrder.id, foundRefund.orderId));
    const [house] = await database.db.select().from(installation);
    return {
      orders: rows.map(({ orderNo }) => orderNo).toSorted(),
      sending: house?.sendingOffWhy ?? null,
      nextNo: await nextMerchantNo(database.db),
    };
  } finally {
    await database.pool.end();
  }
}

test("F24: whichever of the last 20 refunds a backup does not know, a restore finds them all, sends nothing and uses no number again", async () => {
  const backups: string[] = [];
  const orders: string[] = [];
  for (let n = 0; n <= operationsMax; n += 1) {
    backups.push(join(folder, `${n}.backup`));
    await writeBackup(counter.database, backups[n] ?? "");
    if (n === operationsMax) break;
    const at = await order("paid");
    await sent(at);
    await settled(at, "SUCCEEDED");
    orders.push(at.orderNo);
  }
  await sendClerkHome();
  await keepHead(open().ctx, headFile);
  const effects = await control("GET", "effects");
  const used = new Set(
    (await counter.database.db.select().from(moneyOp)).map(({ merchantNo }) => merchantNo),
  );
  expect(used.size).toBe(operationsMax);
  await asAdmin(`create database ${name}`);
  for (const [n, backup] of backups.entries()) {
    const after = await found(backup);
    expect(after, `${operationsMax - n} operations after the backup`).toMatchObject({
      orders: orders.slice(n).toSorted(),
      sending: "restored",
    });
    expect(used.has(after.nextNo)).toBe(false);
    used.add(after.nextNo);
  }
  expect(await control("GET", "effects")).toEqual(effects);
  // Restored twice on machines that know nothing of each other: the letter is the same, the numbers are not.
  const twins: string[] = [];
  for (const _ of ["one machine", "another"]) {
    rmSync(headFile);
    twins.push((await found(backups[0] ?? "")).nextNo);
  }
  expect(new Set(twins.map((no) => no.slice(0, 2))).size).toBe(1);
  expect(new Set(twins).size).toBe(2);
}, 240_000);
