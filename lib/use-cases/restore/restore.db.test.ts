import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq, sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { writeBackup } from "#lib/db/backup/write-backup.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import {
  accountChore,
  foundRefund,
  incident,
  installation,
  moneyOp,
  payOrder,
  refundRequest,
} from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { recoveryOf } from "#test/recovery.ts";
import { makeSession } from "#test/shop.ts";
import { makeContext } from "../app-context.ts";
import { approveRefund } from "../approve-refund.ts";
import { startClerk } from "../clerk.ts";
import type { Context } from "../context.ts";
import { readBooks, snapshotOf } from "../order-books.ts";
import { readHeadFile } from "./head-file.ts";
import { restoreBooks } from "./restore-books.ts";
import { keepHead, passRestoreGate } from "./restore-gate.ts";
import { switchSendingOn } from "./switch-sending-on.ts";

const counter = openCounter();
const { open, control, hire, order, asked, approve, settled, returned } = counter;
const { sent } = recoveryOf(counter);
const folder = mkdtempSync(join(tmpdir(), "storedesk-head-"));
const headFile = join(folder, "audit-head.json");
const held: { backup?: Database; stop?: () => Promise<void> } = {};

async function asAdmin(statements: readonly string[]) {
  const url = Object.assign(new URL(inject("postgresUrl")), { pathname: "/postgres" }).toString();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The books of a backup, restored into a new database. */
async function restored(file: string): Promise<Context> {
  const name = `t_restored_${process.pid}`;
  await asAdmin([`create database ${name}`]);
  held.backup = openDatabase(Object.assign(new URL(counter.url), { pathname: `/${name}` }).toString());
  const ctx = makeContext(held.backup);
  await restoreBooks(ctx, file, headFile);
  return ctx;
}

afterAll(async () => {
  await held.stop?.();
  const { rows } = (await held.backup?.db.execute<{ name: string }>(
    sql`select current_database() as name`,
  )) ?? { rows: [] };
  await held.backup?.pool.end();
  if (rows[0]) await asAdmin([`drop database ${rows[0].name} with (force)`]);
  rmSync(folder, { recursive: true, force: true });
});

const quiet = async () => {
  const open = sql`select 1 from money_op where next_ask_at is not null and state not in ('READY','FAILED')`;
  await expect
    .poll(async () => (await counter.database.db.execute(open)).rows.length, { timeout: 10_000 })
    .toBe(0);
};
const opsIn = (ctx: Context, orderId: string) =>
  ctx.database.db.select().from(moneyOp).where(eq(moneyOp.orderId, orderId)).orderBy(asc(moneyOp.createdAt));
const pause = (why: string | null) =>
  counter.database.db.execute(sql`update merchant_account set sending_paused_why = ${why}`);

test("scenario 53: a restore drill: sending is off, all moved money is found, no number comes again, two people switch it on", async () => {
  const owner = await hire(open().shop.shop.id, "owner");
  const [done, waiting, ready, paid, later] = [
    await order("paid"),
    await order("paid"),
    await order("paid"),
    await order("paid"),
    await order("paid"),
  ];
  await sent(done);
  await settled(done, "SUCCEEDED");
  await quiet();
  const requestNo = await asked(waiting);
  await pause("test");
  await sent(ready);
  await keepHead(open().ctx, headFile);

  const backup = join(folder, "books.backup");
  await writeBackup(counter.database, backup);
  await expect.poll(async () => (await approve(waiting, requestNo)).ok, { timeout: 10_000 }).toBe(true);
  await pause(null);
  await settled(waiting, "SUCCEEDED");
  await settled(ready, "SUCCEEDED");
  await sent(paid);
  await settled(paid, "SUCCEEDED");
  const lost = await order("paid");
  await sent(lost);
  await settled(lost, "SUCCEEDED");
  await quiet();
  await keepHead(open().ctx, headFile);
  const { rows: numbers } = await counter.database.db.execute<{ no: string }>(
    sql`select merchant_no as no from money_op union select request_no from refund_request`,
  );
  const effects = await control("GET", "effects");

  await counter.sendClerkHome();
  const ctx = await restored(backup);
  const { db } = ctx.database;
  await db.execute(sql`update merchant_account set sending_paused_why = null`);
  held.stop = startClerk(ctx, { headFile });
  const house = async () => (await db.select().from(installation))[0];
  await expect.poll(async () => (await house())?.sendingOffWhy, { timeout: 10_000 }).toBe("restored");
  await expect
    .poll(
      async () =>
        (await db.select().from(accountChore).where(eq(accountChore.kind, "reconcile")))[0]?.doneAt ?? null,
      {
        timeout: 15_000,
      },
    )
    .not.toBeNull();

  await expect
    .poll(async () => (await opsIn(ctx, ready.id))[0]?.state, { timeout: 10_000 })
    .toBe("SUCCEEDED");
  const found = await db
    .select({ orderNo: payOrder.orderNo, amountMinor: foundRefund.amountMinor })
    .from(foundRefund)
    .innerJoin(payOrder, eq(payOrder.id, foundRefund.orderId))
    .orderBy(asc(payOrder.orderNo));
  expect(found).toEqual(
    [waiting, paid, lost]
      .map(({ orderNo }) => ({ orderNo, amountMinor: 1000 }))
      .toSorted((a, b) => a.orderNo.localeCompare(b.orderNo)),
  );
  const [request] = await db.select().from(refundRequest).where(eq(refundRequest.requestNo, requestNo));
  expect(request?.status).toBe("SUPERSEDED");
  expect((await opsIn(ctx, done.id)).map(({ state }) => state)).toEqual(["SUCCEEDED"]);
  expect(await control("GET", "effects")).toEqual(effects);
  expect(await verifyAudit(ctx.database)).toMatchObject({ isWhole: true });
  expect(await readHeadFile(headFile)).toMatchObject({ epoch: (await house())?.epoch });

  const press = (by: typeof owner) => switchSendingOn(ctx, by);
  expect(await press(owner)).toEqual({ ok: false, refusal: { why: "signedOut" } });
  const [cashier, manager, manager2, owner2] = await Promise.all([
    signedInAnew(ctx, open().cashier),
    signedInAnew(ctx, open().manager),
    signedInAnew(ctx, open().manager2),
    signedInAnew(ctx, owner),
  ]);
  const next = await ask(ctx, later.id, { cashier, manager });
  await expect.poll(async () => (await opsIn(ctx, later.id))[0]?.state).toBe("READY");
  expect(await press(cashier)).toEqual({ ok: false, refusal: { why: "notAllowed" } });
  await db.update(accountChore).set({ doneAt: null, dueAt: new Date(Date.now() + 3_600_000) });
  expect(await press(owner2)).toEqual({ ok: false, refusal: { why: "notReconciled" } });
  await db.update(accountChore).set({ doneAt: new Date() });
  expect(await press(manager)).toEqual({ ok: true, value: { step: "first" } });
  expect(await press(manager)).toEqual({ ok: false, refusal: { why: "samePerson" } });
  expect(await press(manager2)).toEqual({ ok: false, refusal: { why: "ownerNeeded" } });
  expect(await returned(later)).toEqual([]);
  expect(await press(owner2)).toEqual({ ok: true, value: { step: "on" } });
  expect(await press(owner2)).toEqual({ ok: false, refusal: { why: "notOff" } });
  await expect
    .poll(async () => (await opsIn(ctx, later.id))[0]?.state, { timeout: 10_000 })
    .toBe("SUCCEEDED");
  expect(await returned(later)).toEqual([1000]);
  const used = numbers.map(({ no }) => no);
  expect(used).not.toContain(next.merchantNo);
  expect(used).not.toContain(next.requestNo);
  expect(used.some((no) => no.startsWith(next.merchantNo.slice(0, 2)))).toBe(false);
  const open2 = await db.select().from(incident).where(eq(incident.kind, "restored"));
  expect(open2).toMatchObject([{ closedWhy: "sendingIsOn" }]);
  expect(await passRestoreGate(ctx, headFile)).toBe("open");
}, 120_000);

async function signedInAnew(ctx: Context, who: CurrentStaff): Promise<CurrentStaff> {
  return { ...who, sessionId: await makeSession(ctx.database, who.staffId, who.deviceId) };
}

/** A refund asked for and approved in the restored books. */
async function ask(
  ctx: Context,
  orderId: string,
  { cashier, manager }: { cashier: CurrentStaff; manager: CurrentStaff },
): Promise<{ merchantNo: string; requestNo: string }> {
  const { requestRefund } = await import("../request-refund.ts");
  const [at] = await ctx.database.db.select().from(payOrder).where(eq(payOrder.id, orderId));
  const answer = await requestRefund(ctx, cashier, {
    ...{ account: open().shop.account.slug, orderNo: at?.orderNo ?? "" },
    ...{ clientRequestId: crypto.randomUUID(), amountMinor: 1000, reason: "returned", note: "" },
  });
  if (!answer.ok) throw new Error(answer.refusal.why);
  const { requestNo } = answer.value;
  const seen = snapshotOf(await readBooks(ctx.database.db, orderId), 1000);
  const approved = await approveRefund(ctx, manager, {
    requestNo,
    seen,
    takeStepUp: async () => true,
  });
  if (!approved.ok) throw new Error(approved.refusal.why);
  return { requestNo, merchantNo: (await opsIn(ctx, orderId))[0]?.merchantNo ?? "" };
}
