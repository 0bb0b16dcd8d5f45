import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { appSession, auditEvent, staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { sessionLimits } from "#lib/domain/session-limits.ts";
import { type CurrentStaff, type Role, roles } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { readSession, readStaff } from "../current-staff.ts";
import { hashSecret } from "../password.ts";
import { rightsNow } from "../rights-now.ts";
import { lockScreen, unlockScreen } from "./lock-screen.ts";
import { openSession } from "./open-session.ts";

const here = freshDatabase();
const db = () => here.database.db;
const pin = "918273";
const held: { shop?: Awaited<ReturnType<typeof makeShop>>; pinHash: string } = { pinHash: "" };

beforeAll(async () => {
  held.shop = await makeShop(here.database);
  held.pinHash = await hashSecret(pin);
});

/** Somebody who has just signed in. */
async function atDesk(role: Role = "cashier") {
  if (!held.shop) throw new Error("no shop");
  const row = await makeStaff(here.database, held.shop.shop.id, role);
  await db().update(staff).set({ pinHash: held.pinHash }).where(eq(staff.id, row.id));
  const sid = await withTx(here.database, (tx) => openSession(tx, staffWith(row)));
  const me = await readStaff(here.database, sid, { isAction: true });
  if (!me) throw new Error("not in");
  const stage = async () => (await readSession(here.database, sid, { isAction: true }))?.stage ?? null;
  return { me, sid, stage };
}

/** Nobody did anything for that long. */
const leave = ({ sessionId }: CurrentStaff, ms: number) =>
  db()
    .update(appSession)
    .set({ lastActionAt: sql`clock_timestamp() - make_interval(secs => ${ms}::int / 1000.0)` })
    .where(eq(appSession.id, sessionId));
const unlock = (me: CurrentStaff, tried = pin) => unlockScreen(here.database, me, { pin: tried });
const lines = async ({ staffId }: CurrentStaff) =>
  (await db().select().from(auditEvent).where(eq(auditEvent.staffId, staffId)).orderBy(auditEvent.seq)).map(
    ({ action, outcome }) => `${action} ${outcome}`,
  );

describe("locking the screen", () => {
  test("T10: a locked screen answers nothing, pages and decisions alike, until the PIN is typed", async () => {
    const { me, sid, stage } = await atDesk();
    await lockScreen(here.database, me);
    await lockScreen(here.database, me);
    expect(await stage()).toBe("locked");
    expect(await readStaff(here.database, sid, { isAction: true })).toBe(null);
    expect(await withTx(here.database, (tx) => rightsNow(tx, me))).toBe(null);
    expect(await unlock(me, "111222")).toMatchObject({ refusal: { why: "wrong", triesLeft: 4 } });
    expect(await stage()).toBe("locked");
    expect(await unlock(me)).toEqual({ ok: true, value: null });
    expect(await stage()).toBe("in");
    expect((await withTx(here.database, (tx) => rightsNow(tx, me)))?.staffId).toBe(me.staffId);
    expect(await lines(me)).toEqual([
      "sign-in done",
      "lock-screen done",
      "step-up refused",
      "unlock-screen done",
    ]);
  });

  test.each(roles)(
    "T10: the server itself locks the screen of a %s that was left, and not a moment before",
    async (role) => {
      const { me, stage } = await atDesk(role);
      const { lockMs } = sessionLimits[role];
      await leave(me, lockMs - 5_000);
      expect(await stage()).toBe("in");
      await leave(me, lockMs);
      expect(await stage()).toBe("locked");
      expect(await stage()).toBe("locked");
      expect(await unlock(me)).toEqual({ ok: true, value: null });
      expect(await stage()).toBe("in");
    },
  );

  test("five wrong PINs lock the PIN as they do at an approval, and then the right one waits too", async () => {
    const { me, stage } = await atDesk();
    await lockScreen(here.database, me);
    for (let n = 1; n < 5; n += 1)
      expect(await unlock(me, "111222")).toMatchObject({ refusal: { why: "wrong" } });
    expect(await unlock(me, "111222")).toMatchObject({ refusal: { why: "locked" } });
    expect(await unlock(me)).toMatchObject({ refusal: { why: "locked" } });
    expect(await stage()).toBe("locked");
  });

  test("a session that ran out or was ended behind its lock stays over, whatever is typed", async () => {
    const [idle, ended] = [await atDesk(), await atDesk()];
    for (const { me } of [idle, ended]) await lockScreen(here.database, me);
    const past = sql`clock_timestamp() - interval '1 second'`;
    await db().update(appSession).set({ idleUntil: past }).where(eq(appSession.id, idle.me.sessionId));
    await db().update(appSession).set({ revokedAt: past }).where(eq(appSession.id, ended.me.sessionId));
    for (const { me, stage } of [idle, ended]) {
      expect(await unlock(me)).toEqual({ ok: false, refusal: { why: "signedOut" } });
      expect(await stage()).toBe(null);
      expect((await lines(me)).at(-1)).toBe("unlock-screen refused");
    }
  });

  test("unlocking does not move the end of the day", async () => {
    const { me } = await atDesk();
    const read = async () => (await db().select().from(appSession).where(eq(appSession.id, me.sessionId)))[0];
    const before = await read();
    await lockScreen(here.database, me);
    await unlock(me);
    expect((await read())?.absoluteUntil).toEqual(before?.absoluteUntil);
  });
});
