import { readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { anyLine } from "#test/audit-line.ts";
import { freshDatabase } from "#test/database.ts";
import { makePaidOrder, makeSession, makeShop, makeStaff } from "#test/shop.ts";
import { appendAudit, verifyAudit } from "./audit.ts";
import { tablesOf } from "./backup/tables.ts";
import { appSession, lookUp, secondFactor, stepUp } from "./schema.ts";
import { withTx } from "./with-tx.ts";

const here = freshDatabase();

/** The commands of docs/growth.md that stand below this line, as an operator would type them. */
function commandsBelow(line: string): string {
  const paper = readFileSync("docs/growth.md", "utf8");
  const commands = paper.split(line)[1]?.match(/```sql\n([\s\S]*?)```/)?.[1];
  if (!commands) throw new Error(`no commands below: ${line}`);
  return commands;
}

const append = (count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, no) =>
      withTx(here.database, (tx) =>
        appendAudit(tx, anyLine({ subject: `PO${no}`, facts: { orderNo: `PO${no}` } })),
      ),
    ),
  );

const refused = async (command: string) => {
  const error = await here.database.pool.query(command).then(
    () => null,
    (thrown: Error) => thrown.message,
  );
  expect([command, error]).toEqual([command, expect.stringMatching(/is append-only/)]);
};

test("the audit goes on while its table is cut into parts as the paper says: the chain is whole, the guards hold, a backup has it once", async () => {
  const { pool, db } = here.database;
  await append(30);
  // The paper's parts hold ten million lines; here, twenty.
  const commands = commandsBelow("**Cut the audit into parts**")
    .replaceAll("10000001", "41")
    .replaceAll("20000001", "61");
  await pool.query(commands);
  await append(20);
  const { rows } = await db.execute(
    sql`select tableoid::regclass::text as part, count(*)::int as lines from audit_event group by 1 order by 1`,
  );
  expect(rows).toEqual([
    { part: "audit_event_1", lines: 40 },
    { part: "audit_event_2", lines: 10 },
  ]);
  expect(await verifyAudit(here.database)).toEqual({ isWhole: true, lines: 50 });
  for (const table of ["audit_event", "audit_event_1", "audit_event_2"]) {
    await refused(`update ${table} set action = 'x'`);
    await refused(`delete from ${table}`);
    await refused(`truncate ${table}`);
  }
  const held = await withTx(here.database, async (_, client) => tablesOf(client));
  expect(held.filter(({ table }) => table.startsWith("audit_event")).map(({ table }) => table)).toEqual([
    "audit_event",
  ]);
});

test("what the paper says may go goes when it is 90 days old, and nothing younger or still needed", async () => {
  const { db, pool } = here.database;
  const { shop, account } = await makeShop(here.database);
  const { id: staffId } = await makeStaff(here.database, shop.id, "cashier");
  const order = await makePaidOrder(here.database, account, 1_000);
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const session = async (endedAt: Date, isPinTyped: boolean) => {
    const id = await makeSession(here.database, staffId, "counter-1");
    await db.update(appSession).set({ absoluteUntil: endedAt }).where(eq(appSession.id, id));
    if (isPinTyped)
      await db
        .insert(stepUp)
        .values({ staffId, sessionId: id, subject: "x", method: "pin", expiresAt: endedAt });
    return id;
  };
  await session(daysAgo(91), true);
  const young = [await session(daysAgo(89), true), await session(daysAgo(89), false)];
  const setUp = await session(daysAgo(400), false);
  await db.insert(secondFactor).values({ staffId, sessionId: setUp, sealed: Buffer.alloc(1) });
  for (const [deviceId, days] of [
    ["old", 91],
    ["new", 89],
  ] as const)
    await db.insert(lookUp).values({ deviceId, orderId: order.id, staffId, lookedUpAt: daysAgo(days) });
  await pool.query(commandsBelow("**May go**"));
  const sessions = await db.select({ id: appSession.id }).from(appSession);
  expect(sessions.map(({ id }) => id).toSorted()).toEqual([...young, setUp].toSorted());
  expect(await db.select({ of: stepUp.sessionId }).from(stepUp)).toEqual([{ of: young[0] }]);
  expect(await db.select({ at: lookUp.deviceId }).from(lookUp)).toEqual([{ at: "new" }]);
});
