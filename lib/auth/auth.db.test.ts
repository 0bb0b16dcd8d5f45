import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEvent, staff as staffTable } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff } from "#test/shop.ts";
import { readStaff } from "./current-staff.ts";
import { hashSecret } from "./password.ts";
import { changeStaff } from "./people/change-staff.ts";
import { signIn, signOut } from "./sign-in.ts";
import { confirmPin, takeStepUp } from "./step-up.ts";

const here = freshDatabase();
const password = "canary-password-77";
const pin = "918273";
let storeId = "";
let hashes = { password: "", pin: "" };

beforeAll(async () => {
  storeId = (await makeShop(here.database)).shop.id;
  hashes = { password: await hashSecret(password), pin: await hashSecret(pin) };
});

async function hire(role: Role) {
  const row = await makeStaff(here.database, storeId, role);
  await here.database.db
    .update(staffTable)
    .set({ passwordHash: hashes.password, pinHash: hashes.pin })
    .where(eq(staffTable.id, row.id));
  return row;
}
const enter = (username: string, tried = password, deviceId = "counter-1") =>
  signIn(here.database, { username, password: tried, deviceId });
async function entered(role: Role): Promise<{ sid: string; staff: CurrentStaff }> {
  const sid = await enter((await hire(role)).username);
  const staff = sid.ok ? await readStaff(here.database, sid.value, { isAction: true }) : null;
  if (!sid.ok || !staff) throw new Error("not signed in");
  return { sid: sid.value, staff };
}
const read = (sid: string) => readStaff(here.database, sid, { isAction: false });

describe("signing in", () => {
  test("the right password opens a session with role and stores as the database has them", async () => {
    const { staff } = await entered("manager");
    expect(staff).toMatchObject({ role: "manager", storeIds: [storeId] });
  });

  test("an unknown name and a wrong password answer alike", async () => {
    const { username } = await hire("cashier");
    expect(await enter(username, "wrong")).toEqual({ ok: false, refusal: { why: "wrong" } });
    expect(await enter("nobody-here", "wrong")).toEqual({ ok: false, refusal: { why: "wrong" } });
  });

  test("a password typed into the field of the name is not on record; a name that exists is", async () => {
    const { username } = await hire("cashier");
    await enter("four-rainy-umbrellas", "wrong");
    await enter(username, "wrong");
    const lines = await here.database.db
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.action, "sign-in"), eq(auditEvent.outcome, "refused")));
    expect(JSON.stringify(lines)).not.toContain("umbrellas");
    expect(lines.map(({ subject }) => subject)).toContain(username);
  });

  test("after nine wrong tries the right one opens; the tenth wrong one locks, but not the counter she knows", async () => {
    const { username } = await hire("cashier");
    const wrong = (deviceId: string) => enter(username, "wrong", deviceId);
    for (let n = 0; n < 9; n += 1) expect(await wrong("new")).toMatchObject({ refusal: { why: "wrong" } });
    expect((await enter(username, password, "new")).ok).toBe(true);
    for (let n = 0; n < 9; n += 1) await wrong("new");
    expect(await wrong("new")).toMatchObject({ refusal: { why: "locked", untilAt: expect.any(Date) } });
    expect(await enter(username, password, "new")).toMatchObject({ refusal: { why: "locked" } });
    expect((await enter(username, password, "never-seen")).ok).toBe(true);
  }, 60_000);

  test("naming a new device for each guess wins no new guesses, and the known counter stays open", async () => {
    const { username } = await hire("cashier");
    await enter(username, password, "counter-1");
    for (let n = 0; n < 10; n += 1) await enter(username, "wrong", `made-up-${n}`);
    expect(await enter(username, password, "made-up-99")).toMatchObject({ refusal: { why: "locked" } });
    expect((await enter(username, password, "counter-1")).ok).toBe(true);
  }, 60_000);

  test("whoever waited a lock out gets in with the right password at once", async () => {
    const { username } = await hire("cashier");
    for (let n = 0; n < 10; n += 1) await enter(username, "wrong");
    await here.database.db.execute(
      sql`update guess_lock set locked_until = clock_timestamp() where subject like ${`password:${username}:%`}`,
    );
    expect((await enter(username)).ok).toBe(true);
  }, 60_000);

  test("seven sign-ins, six of them at once, leave three sessions", async () => {
    const { id, username } = await hire("cashier");
    await enter(username);
    await Promise.all(Array.from({ length: 6 }, () => enter(username)));
    const { rows } = await here.database.db.execute(
      sql`select count(*)::int as n from app_session where staff_id = ${id} and revoked_at is null`,
    );
    expect(rows[0]?.n).toBe(3);
  }, 60_000);

  test("a page left open does not keep its session: polls leave the idle time alone, an act begins it anew unless it is one with the last", async () => {
    const { sid, staff } = await entered("cashier");
    const idleUntil = async () => {
      const { rows } = await here.database.db.execute<{ at: string }>(
        sql`select idle_until as at from app_session where id = ${staff.sessionId}`,
      );
      return String(rows[0]?.at);
    };
    const before = await idleUntil();
    for (let poll = 0; poll < 3; poll += 1) await read(sid);
    expect(await idleUntil()).toBe(before);
    const actAfter = async (seconds: number) => {
      await here.database.db.execute(
        sql`update app_session set last_action_at = clock_timestamp() - make_interval(secs => ${seconds}) where id = ${staff.sessionId}`,
      );
      await readStaff(here.database, sid, { isAction: true });
    };
    await actAfter(1);
    expect(await idleUntil()).toBe(before);
    await actAfter(3.1);
    expect(await idleUntil()).not.toBe(before);
  });

  test("a session ends by sign-out, by idleness, by closing the account, and the fourth ends the first", async () => {
    const first = await entered("cashier");
    await signOut(here.database, first.staff);
    expect(await read(first.sid)).toBeNull();
    const idle = await entered("cashier");
    await here.database.db.execute(
      sql`update app_session set idle_until = clock_timestamp() where id = ${idle.staff.sessionId}`,
    );
    expect(await read(idle.sid)).toBeNull();
    const closed = await entered("cashier");
    await here.database.db
      .update(staffTable)
      .set({ isActive: false })
      .where(eq(staffTable.id, closed.staff.staffId));
    expect(await read(closed.sid)).toBeNull();
    const oldest = await entered("cashier");
    for (let n = 0; n < 3; n += 1) await enter(oldest.staff.username);
    expect(await read(oldest.sid)).toBeNull();
  });
});

describe("the PIN before an approval", () => {
  const use = (staff: CurrentStaff, id: string, subject: string) =>
    withTx(here.database, (tx) => takeStepUp(tx, staff, { id, subject }));

  test("scenario 39: good once, for this request, in this session, for five minutes", async () => {
    const { staff } = await entered("manager");
    const confirm = async () => {
      const made = await confirmPin(here.database, staff, { pin, subject: "Q1" });
      if (!made.ok) throw new Error(made.refusal.why);
      return made.value;
    };
    const id = await confirm();
    expect(await use(staff, id, "Q2")).toBe(false);
    expect(await use({ ...staff, sessionId: randomUUID() }, id, "Q1")).toBe(false);
    expect(await use(staff, id, "Q1")).toBe(true);
    expect(await use(staff, id, "Q1")).toBe(false);
    const old = await confirm();
    await here.database.db.execute(sql`update step_up set expires_at = clock_timestamp() where id = ${old}`);
    expect(await use(staff, old, "Q1")).toBe(false);
  });

  test("scenario 39: four wrong PINs and a right one pass; the fifth locks it on this device with a time, on record", async () => {
    const { staff } = await entered("manager");
    const tryPin = (tried: string, at = staff) =>
      confirmPin(here.database, at, { pin: tried, subject: "Q1" });
    for (let n = 0; n < 4; n += 1)
      expect(await tryPin("000000")).toMatchObject({ refusal: { why: "wrong", triesLeft: 4 - n } });
    expect((await tryPin(pin)).ok).toBe(true);
    for (let n = 0; n < 4; n += 1) await tryPin("000000");
    expect(await tryPin("000000")).toMatchObject({ refusal: { why: "locked", untilAt: expect.any(Date) } });
    expect(await tryPin(pin)).toMatchObject({ refusal: { why: "locked" } });
    expect((await tryPin(pin, { ...staff, deviceId: "counter-2" })).ok).toBe(true);
    await here.database.db.execute(
      sql`update guess_lock set locked_until = clock_timestamp() where subject like ${`pin:${staff.staffId}:%`}`,
    );
    expect((await tryPin(pin)).ok).toBe(true);
    const lines = await here.database.db.select().from(auditEvent).where(eq(auditEvent.action, "step-up"));
    const mine = lines.filter(({ staffId }) => staffId === staff.staffId);
    expect(mine.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => "refused"));
  });
});

describe("roles", () => {
  test("scenario 48: nobody raises themselves, no manager grants, and the last owner stays", async () => {
    const { staff: cashier } = await entered("cashier");
    const { staff: manager } = await entered("manager");
    const { staff: owner } = await entered("owner");
    const change = (by: CurrentStaff, username: string, role: Role) =>
      changeStaff(here.database, by, { username, role });
    expect(await change(cashier, cashier.username, "owner")).toMatchObject({
      refusal: { why: "notAllowed" },
    });
    expect(await change(manager, cashier.username, "owner")).toMatchObject({
      refusal: { why: "notAllowed" },
    });
    expect(await change(owner, owner.username, "manager")).toMatchObject({ refusal: { why: "notYourself" } });
    const second = await entered("owner");
    const both = await Promise.all([
      change(owner, second.staff.username, "manager"),
      change(second.staff, owner.username, "manager"),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = await here.database.db
      .select()
      .from(auditEvent)
      .where(eq(auditEvent.action, "change-staff-role"));
    expect(refused.map(({ outcome }) => outcome).sort()).toEqual([
      "done",
      "refused",
      "refused",
      "refused",
      "refused",
    ]);
  });

  test("scenario 49: a role taken away ends the open tab's session at once", async () => {
    const { staff: owner } = await entered("owner");
    const tab = await entered("manager");
    expect(
      (await changeStaff(here.database, owner, { username: tab.staff.username, role: "cashier" })).ok,
    ).toBe(true);
    expect(await read(tab.sid)).toBeNull();
  });
});

test("no password, PIN, hash or session id stands in the audit", async () => {
  const { sid } = await entered("cashier");
  const { rows } = await here.database.db.execute<{ line: string }>(
    sql`select audit_event::text as line from audit_event`,
  );
  for (const { line } of rows)
    for (const secret of [password, pin, hashes.password, hashes.pin, sid])
      expect(line).not.toContain(secret);
});
