import { sql } from "drizzle-orm";
import { afterEach, beforeAll, expect, test } from "vitest";
import { anyLine } from "#test/audit-line.ts";
import { freshDatabase } from "#test/database.ts";
import { appendAudit, verifyAudit } from "./audit.ts";
import { withTx } from "./with-tx.ts";

const here = freshDatabase();
const lines = 40;

const append = (n: number) =>
  withTx(here.database, (tx) =>
    appendAudit(tx, anyLine({ deviceId: "counter-1", facts: { orderNo: `PO${n}`, z: null, a: true } })),
  );

beforeAll(async () => {
  await Promise.all(Array.from({ length: lines }, (_, n) => append(n)));
});

/** What a person with the database in hand might do: past the triggers. Undone after each test. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await here.database.db.execute(sql`create table kept as select * from audit_event`);
  await here.database.db.execute(sql`alter table audit_event disable trigger user`);
  await here.database.db.execute(statement);
}

afterEach(async () => {
  const { db } = here.database;
  const { rows } = await db.execute(sql`select to_regclass('kept') is not null as is_kept`);
  if (rows[0]?.is_kept !== true) return;
  await db.execute(sql`truncate audit_event`);
  await db.execute(sql`insert into audit_event select * from kept`);
  await db.execute(sql`alter table audit_event enable trigger user`);
  await db.execute(sql`drop table kept`);
});

test("forty lines written at once by forty callers make one whole chain", async () => {
  expect(await verifyAudit(here.database)).toEqual({ isWhole: true, lines });
});

test("scenario 50: an edited line is named", async () => {
  await tamper(sql`update audit_event set facts = facts || '{"orderNo":"PO999"}' where seq = 17`);
  expect(await verifyAudit(here.database)).toEqual({ isWhole: false, brokenAt: 17, damage: "changed" });
});

test("a deleted line, two swapped lines and a cut tail are found", async () => {
  await tamper(sql`delete from audit_event where seq = 9`);
  expect(await verifyAudit(here.database)).toEqual({ isWhole: false, brokenAt: 9, damage: "missing" });
  await here.database.db.execute(sql`insert into audit_event select * from kept where seq = 9`);
  await here.database.db.execute(
    sql`update audit_event set seq = case seq when 20 then -21 else -20 end where seq in (20, 21)`,
  );
  await here.database.db.execute(sql`update audit_event set seq = -seq where seq < 0`);
  expect(await verifyAudit(here.database)).toEqual({ isWhole: false, brokenAt: 20, damage: "changed" });
  await here.database.db.execute(sql`delete from audit_event where seq > 19`);
  expect(await verifyAudit(here.database)).toEqual({ isWhole: false, brokenAt: 20, damage: "cut" });
});

/** One line is put back as it was. */
const mend = (seq: number) =>
  here.database.db
    .execute(sql`
    with gone as (delete from audit_event where seq = ${seq}) select 1`)
    .then(() => here.database.db.execute(sql`insert into audit_event select * from kept where seq = ${seq}`));

const edits: readonly [string, ReturnType<typeof sql>][] = [
  ["time", sql`at = at + interval '1 ms'`],
  ["deed", sql`action = 'sign-in'`],
  ["outcome", sql`outcome = 'refused'`],
  ["person", sql`staff_id = gen_random_uuid()`],
  ["store", sql`store_id = gen_random_uuid()`],
  ["order", sql`order_id = gen_random_uuid()`],
  ["subject", sql`subject = 'R1'`],
  ["device", sql`device_id = 'counter-2'`],
  ["fact", sql`facts = facts - 'a'`],
  ["hash", sql`hash = md5(hash)`],
];

test.each(edits)("T16: whichever line has another %s, it is named", async (_, change) => {
  await tamper(sql`select 1`);
  for (let seq = 1; seq <= lines; seq += 1) {
    await here.database.db.execute(sql`update audit_event set ${change} where seq = ${seq}`);
    expect(await verifyAudit(here.database)).toEqual({ isWhole: false, brokenAt: seq, damage: "changed" });
    await mend(seq);
  }
  expect((await verifyAudit(here.database)).isWhole).toBe(true);
});

test("T16: whichever line is deleted, it is named", async () => {
  await tamper(sql`select 1`);
  for (let seq = 1; seq < lines; seq += 1) {
    await here.database.db.execute(sql`delete from audit_event where seq = ${seq}`);
    expect(await verifyAudit(here.database)).toMatchObject({ isWhole: false, brokenAt: seq });
    await mend(seq);
  }
});

test("T16: ten lines cut off, and the head moved back with them: the chain sees nothing, the copy outside does", async () => {
  const { rows } = await here.database.db.execute<{ seq: number; hash: string }>(
    sql`select seq, hash from audit_head`,
  );
  const kept = { seq: Number(rows[0]?.seq), hash: rows[0]?.hash ?? "" };
  expect((await verifyAudit(here.database, kept)).isWhole).toBe(true);
  await tamper(sql`delete from audit_event where seq > ${kept.seq - 10}`);
  const moveHead = (seq: number) =>
    here.database.db.execute(
      sql`update audit_head set seq = ${seq}, hash = (select hash from kept where seq = ${seq})`,
    );
  await moveHead(kept.seq - 10);
  expect((await verifyAudit(here.database)).isWhole).toBe(true);
  expect(await verifyAudit(here.database, kept)).toEqual({
    ...{ isWhole: false, brokenAt: kept.seq - 9, damage: "cut" },
  });
  await moveHead(kept.seq);
});

test("a change that is rolled back leaves no line", async () => {
  const before = await verifyAudit(here.database);
  await expect(
    withTx(here.database, async (tx) => {
      await appendAudit(tx, anyLine());
      throw new Error("the change failed");
    }),
  ).rejects.toThrow("the change failed");
  expect(await verifyAudit(here.database)).toEqual(before);
});

test("lines appended while the chain is checked raise no alarm", async () => {
  const checks = await Promise.all(
    Array.from({ length: 60 }, async (_, n) =>
      n % 2 === 0 ? append(1_000 + n) : verifyAudit(here.database),
    ),
  );
  expect(checks.filter((check) => check && !check.isWhole)).toEqual([]);
});

test("an inserted line is found", async () => {
  await tamper(sql`insert into audit_event select seq + 1000000, at, action, outcome, staff_id, store_id, order_id, subject, device_id, facts, hash
    from audit_event where seq = 5`);
  expect((await verifyAudit(here.database)).isWhole).toBe(false);
});
