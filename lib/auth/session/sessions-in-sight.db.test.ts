import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { appSession, auditEvent } from "#lib/db/schema.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { endSession, listSessions } from "./sessions-in-sight.ts";

const here = freshDatabase();
const db = () => here.database.db;
type Shop = Awaited<ReturnType<typeof makeShop>>;
const held: { shop?: Shop; owner?: CurrentStaff } = {};

beforeAll(async () => {
  held.shop = await makeShop(here.database);
  held.owner = await hire("owner");
});

async function hire(role: Role, shop = held.shop): Promise<CurrentStaff> {
  if (!shop) throw new Error("no shop");
  const row = await makeStaff(here.database, shop.shop.id, role);
  const sessionId = await makeSession(here.database, row.id, "counter-1");
  return { ...staffWith(row, shop), sessionId };
}
const owner = () => {
  if (!held.owner) throw new Error("no owner");
  return held.owner;
};
const end = (by: CurrentStaff, { sessionId }: { sessionId: string }) =>
  endSession(here.database, by, { sessionId });
const refused = (why: string) => ({ ok: false, refusal: { why } });
const lines = async (by: CurrentStaff) =>
  (
    await db().select().from(auditEvent).where(eq(auditEvent.staffId, by.staffId)).orderBy(auditEvent.seq)
  ).map(({ action, outcome, subject }) => `${action} ${outcome} ${subject}`);

test("the owner sees every live session of the own people, not those that are over, owe a code, or are of another shop", async () => {
  const [till, over, owing, elsewhere] = [
    await hire("cashier"),
    await hire("cashier"),
    await hire("manager"),
    await hire("cashier", await makeShop(here.database)),
  ];
  await db().update(appSession).set({ revokedAt: new Date() }).where(eq(appSession.id, over.sessionId));
  await db().update(appSession).set({ awaitsCode: true }).where(eq(appSession.id, owing.sessionId));
  await db()
    .update(appSession)
    .set({ lockedAt: sql`clock_timestamp()` })
    .where(eq(appSession.id, till.sessionId));
  const rows = await listSessions(here.database, owner());
  const of = (who: CurrentStaff) => rows.filter(({ username }) => username === who.username);
  expect(of(till)).toMatchObject([{ isLocked: true, isThisDevice: true, device: "coun", isOwn: false }]);
  expect(of(owner())).toMatchObject([{ isLocked: false, isOwn: true }]);
  expect([...of(over), ...of(owing), ...of(elsewhere)]).toEqual([]);
  for (const role of ["cashier", "manager", "auditor"] as const)
    expect(await listSessions(here.database, await hire(role))).toEqual([]);
});

test("T8: the owner ends somebody's session at once and once; own ones, another shop's and those of other roles' asking stay", async () => {
  const by = await hire("owner");
  const [till, elsewhere, manager] = [
    await hire("cashier"),
    await hire("cashier", await makeShop(here.database)),
    await hire("manager"),
  ];
  expect(await end(by, till)).toEqual({ ok: true, value: null });
  expect(await end(by, till)).toEqual(refused("notFound"));
  expect(await end(by, by)).toEqual(refused("notYourself"));
  expect(await end(by, elsewhere)).toEqual(refused("notFound"));
  expect(await end(manager, by)).toEqual(refused("notAllowed"));
  const live = await db().select().from(appSession).where(sql`revoked_at is null`);
  const ids = live.map(({ id }) => id);
  expect(ids).not.toContain(till.sessionId);
  for (const one of [by, elsewhere, manager]) expect(ids).toContain(one.sessionId);
  expect(await lines(by)).toEqual([
    `end-session done ${till.username}`,
    "end-session refused –",
    `end-session refused ${by.username}`,
    "end-session refused –",
  ]);
  expect(await lines(manager)).toEqual([`end-session refused ${by.username}`]);
});
