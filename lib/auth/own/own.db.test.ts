import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { appSession, auditEvent, staff } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { hashSecret, isRightSecret } from "../password.ts";
import { changeOwnSecret } from "./change-secret.ts";
import { endOwnSessions, listOwnSessions } from "./sessions.ts";

const here = freshDatabase();
const db = () => here.database.db;
const held: { shop?: Awaited<ReturnType<typeof makeShop>> } = {};
const now = "four rainy umbrellas";
const next = "seven dry umbrellas";

beforeAll(async () => {
  held.shop = await makeShop(here.database);
});

/** Somebody who is signed in at three places; the first is where they sit. */
async function somebody(): Promise<CurrentStaff> {
  if (!held.shop) throw new Error("no shop");
  const row = await makeStaff(here.database, held.shop.shop.id, "cashier");
  await db()
    .update(staff)
    .set({ passwordHash: await hashSecret(now) })
    .where(eq(staff.id, row.id));
  const [sessionId = ""] = [
    await makeSession(here.database, row.id, "counter-1"),
    await makeSession(here.database, row.id, "counter-1"),
    await makeSession(here.database, row.id, "phone"),
  ];
  return { ...staffWith(row, held.shop), sessionId };
}
const change = (me: CurrentStaff, what: "password" | "pin", to: string, current = now) =>
  changeOwnSecret(here.database, me, { what, current, next: to });
const hashes = async ({ staffId }: CurrentStaff) =>
  (await db().select().from(staff).where(eq(staff.id, staffId)))[0];
const lines = async ({ staffId }: CurrentStaff) =>
  (await db().select().from(auditEvent).where(eq(auditEvent.staffId, staffId))).map(
    ({ action, outcome }) => `${action} ${outcome}`,
  );

test("a new password counts at once, ends every other session and leaves this one", async () => {
  const me = await somebody();
  expect(await change(me, "password", next)).toEqual({ ok: true, value: null });
  expect(await isRightSecret((await hashes(me))?.passwordHash ?? null, next)).toBe(true);
  expect((await listOwnSessions(here.database, me)).map(({ isThis }) => isThis)).toEqual([true]);
  expect(await lines(me)).toEqual(["change-password done"]);
  expect(JSON.stringify(await db().select().from(auditEvent))).not.toContain(next);
});

test("without the password as it is now nothing changes, and the tenth wrong one waits like at sign-in", async () => {
  const me = await somebody();
  const before = await hashes(me);
  for (let n = 0; n < 9; n += 1) {
    expect(await change(me, "pin", "135792", "guess")).toEqual({
      ...{ ok: false, refusal: { why: "badInput", fields: { current: "wrongPassword" } } },
    });
  }
  expect(await change(me, "pin", "135792", "guess")).toMatchObject({ refusal: { why: "lockedPassword" } });
  expect(await change(me, "pin", "135792")).toMatchObject({ refusal: { why: "lockedPassword" } });
  expect(await hashes(me)).toEqual(before);
  expect((await lines(me)).every((line) => line === "change-pin refused")).toBe(true);
});

test.each([
  ["password", "short", "passwordShort"],
  ["password", "aaaaaaaaaaaa", "passwordPlain"],
  ["pin", "123456", "pinPlain"],
  ["pin", "12345a", "pinDigits"],
] as const)("a new %s like %j is refused before anything is asked: %s", async (what, to, fault) => {
  const me = await somebody();
  expect(await change(me, what, to)).toEqual({
    ...{ ok: false, refusal: { why: "badInput", fields: { next: fault } } },
  });
  expect(await lines(me)).toEqual([]);
});

test("a new PIN ends no session; a session that was ended meanwhile changes nothing", async () => {
  const me = await somebody();
  expect(await change(me, "pin", "135792")).toEqual({ ok: true, value: null });
  expect(await listOwnSessions(here.database, me)).toHaveLength(3);
  await db().update(appSession).set({ revokedAt: new Date() }).where(eq(appSession.id, me.sessionId));
  expect(await change(me, "pin", "246813")).toEqual({ ok: false, refusal: { why: "signedOut" } });
  expect(await isRightSecret((await hashes(me))?.pinHash ?? null, "135792")).toBe(true);
});

test("one's own sessions elsewhere are ended one by one or all at once, this one and another's never", async () => {
  const [me, other] = [await somebody(), await somebody()];
  const [, second] = (await listOwnSessions(here.database, me)).filter(({ isThis }) => !isThis);
  const end = (sessionId: string | null) => endOwnSessions(here.database, me, { sessionId });
  expect(await end(second?.sessionId ?? "")).toEqual({ ok: true, value: null });
  expect(await end(second?.sessionId ?? "")).toEqual({ ok: false, refusal: { why: "notFound" } });
  expect(await end(other.sessionId)).toEqual({ ok: false, refusal: { why: "notFound" } });
  expect(await end(me.sessionId)).toEqual({ ok: false, refusal: { why: "notFound" } });
  expect(await end(null)).toEqual({ ok: true, value: null });
  expect(await listOwnSessions(here.database, me)).toHaveLength(1);
  expect(await listOwnSessions(here.database, other)).toHaveLength(3);
  const done = await db()
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.staffId, me.staffId), eq(auditEvent.action, "end-sessions")));
  expect(done.map(({ outcome }) => outcome)).toEqual(["done", "refused", "refused", "refused", "done"]);
});
