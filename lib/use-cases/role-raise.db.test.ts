import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { listCounterApprovers } from "#lib/auth/counter-approver.ts";
import { listNotices } from "#lib/auth/notices.ts";
import { addStaff } from "#lib/auth/people/add-staff.ts";
import { changeStaff } from "#lib/auth/people/change-staff.ts";
import { declineRole } from "#lib/auth/raise/role-wish.ts";
import { auditEvent, roleWish, staff, store } from "#lib/db/schema.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { switchSendingOn } from "./restore/switch-sending-on.ts";

const counter = openCounter();
const { open, hire, order, asked, approve, returned } = counter;
const db = () => counter.database.db;
const shopId = () => open().shop.shop.id;

/** The store was opened long ago, or the moment before. */
const openedStore = (ago: string) =>
  db()
    .update(store)
    .set({ createdAt: sql`clock_timestamp() - ${ago}::interval` })
    .where(eq(store.id, shopId()));
beforeAll(() => openedStore("30 days"));

const raise = (by: CurrentStaff, whom: CurrentStaff, role: Role = "manager") =>
  changeStaff(counter.database, by, { username: whom.username, role });
const rowOf = async ({ staffId }: CurrentStaff) => {
  const [row] = await db().select().from(staff).where(eq(staff.id, staffId));
  if (!row) throw new Error("nobody");
  return row;
};
/** The person signs in anew, with what the books say of them. */
async function back(who: CurrentStaff): Promise<CurrentStaff> {
  const { role } = await rowOf(who);
  return { ...who, role, sessionId: await makeSession(counter.database, who.staffId, "counter-1") };
}
/** The pause as it is `left` before its end; not positive: it is over. */
const pauseLeft = ({ staffId }: CurrentStaff, left: string) =>
  db()
    .update(staff)
    .set({ decidesFrom: sql`clock_timestamp() + ${left}::interval` })
    .where(eq(staff.id, staffId));
const lines = async ({ username }: CurrentStaff) =>
  (await db().select().from(auditEvent).where(eq(auditEvent.subject, username)).orderBy(auditEvent.seq)).map(
    ({ action, outcome, facts }) => [action, outcome, facts.why].filter(Boolean).join(" "),
  );
const told = async (who: CurrentStaff) =>
  (await listNotices(counter.database, who)).map(({ kind, host }) => (host ? `${kind} of ${host}` : kind));
const paused = { ok: false, refusal: { why: "rolePaused", untilAt: expect.any(Date) } };
const done = { ok: true, value: null };

/** Owners come and go between the tests: whoever is left over would be a second one. */
async function owners(count: 1 | 2): Promise<[CurrentStaff, CurrentStaff]> {
  await db().update(staff).set({ isActive: false }).where(eq(staff.role, "owner"));
  const [one, other] = [await hire(shopId(), "owner"), await hire(shopId(), "owner")];
  if (count === 1) await db().update(staff).set({ isActive: false }).where(eq(staff.id, other.staffId));
  return [one, other];
}

describe("where two owners are", () => {
  test("T14: alone an owner raises nobody; with the second the role is there, and approves no sooner than a day later", async () => {
    const [owner, second] = await owners(2);
    const friend = await hire(shopId(), "cashier");
    expect(await raise(owner, friend)).toEqual(done);
    expect(await raise(owner, friend)).toEqual(done);
    expect((await rowOf(friend)).role).toBe("cashier");
    expect(await told(second)).toEqual(["raiseAsked of cashier", "raiseAsked of cashier"]);
    const at = await order("paid");
    const requestNo = await asked(at);
    expect(await approve(at, requestNo, await back(friend))).toMatchObject({
      refusal: { why: "notAllowed" },
    });

    expect(await raise(second, friend)).toEqual(done);
    const manager = await back(friend);
    expect(manager.role).toBe("manager");
    expect(await told(manager)).toEqual(["raised"]);
    expect(await told(owner)).toEqual(["raised of cashier"]);
    const { rows } = await db().execute<{ seconds: string }>(
      sql`select extract(epoch from decides_from - clock_timestamp()) as seconds from staff where id = ${friend.staffId}`,
    );
    expect(Number(rows[0]?.seconds)).toBeGreaterThan(86_400 - 60);
    expect(Number(rows[0]?.seconds)).toBeLessThanOrEqual(86_400);
    expect(await approve(at, requestNo, manager)).toMatchObject(paused);
    await pauseLeft(manager, "30 seconds");
    expect(await approve(at, requestNo, manager)).toMatchObject(paused);
    expect(await returned(at)).toEqual([]);
    const approvers = async () =>
      (await listCounterApprovers(counter.database, open().cashier, { requestNo, hasFirst: false })).map(
        ({ staffId }) => staffId,
      );
    expect(await approvers()).not.toContain(manager.staffId);
    await pauseLeft(manager, "0 seconds");
    expect(await approvers()).toContain(manager.staffId);
    expect((await approve(at, requestNo, manager)).ok).toBe(true);
    expect((await lines(friend)).filter((line) => line.includes("role"))).toEqual([
      "ask-staff-role done",
      "ask-staff-role done",
      "confirm-staff-role done",
    ]);
  });

  test("a wish is declined by the other or taken back, and then there is none; nobody wishes for themselves", async () => {
    const [owner, second] = await owners(2);
    for (const by of [owner, second]) {
      const friend = await hire(shopId(), "cashier");
      const decline = (who: CurrentStaff) =>
        declineRole(counter.database, who, { username: friend.username });
      await raise(owner, friend);
      expect(await decline(open().manager)).toEqual({ ok: false, refusal: { why: "notAllowed" } });
      expect(await decline(by)).toEqual(done);
      expect(await decline(by)).toEqual({ ok: false, refusal: { why: "noWish" } });
      expect((await rowOf(friend)).role).toBe("cashier");
      expect((await lines(friend)).slice(1)).toEqual([
        "decline-staff-role refused notAllowed",
        "decline-staff-role done",
        "decline-staff-role refused noWish",
      ]);
    }
    expect(await raise(owner, owner)).toMatchObject({ refusal: { why: "notYourself" } });
    expect(await declineRole(counter.database, owner, { username: owner.username })).toMatchObject({
      refusal: { why: "notYourself" },
    });
  });

  test("the second is another person, of the same store, and no newcomer; a lower role needs nobody and counts at once", async () => {
    const [owner, second] = await owners(2);
    await pauseLeft(second, "1 minute");
    const friend = await hire(shopId(), "cashier");
    expect(await raise(second, friend)).toMatchObject(paused);
    expect(await changeStaff(counter.database, second, { username: friend.username, name: "阿美" })).toEqual(
      done,
    );
    // The other is too new to agree, so there is only one.
    await raise(owner, friend);
    expect((await lines(friend)).at(-1)).toBe("raise-staff-role done");
    await pauseLeft(second, "0 seconds");
    await db().update(staff).set({ personId: owner.personId }).where(eq(staff.id, second.staffId));
    await makeStaff(counter.database, (await makeShop(counter.database)).shop.id, "owner");
    const other = await hire(shopId(), "cashier");
    await raise(owner, other);
    expect((await lines(other)).at(-1)).toBe("raise-staff-role done");
    await raise(owner, other, "cashier");
    expect((await rowOf(other)).role).toBe("cashier");
    expect((await lines(other)).at(-1)).toBe("change-staff-role done");
  });

  test("a wish goes with a lower role, and with the account", async () => {
    const [owner] = await owners(2);
    const friend = await hire(shopId(), "manager");
    await raise(owner, friend, "owner");
    expect(await db().select().from(roleWish).where(eq(roleWish.staffId, friend.staffId))).toHaveLength(1);
    await changeStaff(counter.database, owner, { username: friend.username, isActive: false });
    expect(await db().select().from(roleWish).where(eq(roleWish.staffId, friend.staffId))).toEqual([]);
  });
});

describe("where one owner is", () => {
  test("T14: the raised role is there at once and decides a day later; the person is told, and the audit says who did it alone", async () => {
    const [owner] = await owners(1);
    const friend = await hire(shopId(), "manager");
    expect(await raise(owner, friend, "owner")).toEqual(done);
    const fresh = await back(friend);
    expect([fresh.role, await told(fresh)]).toEqual(["owner", ["raised"]]);
    expect(await lines(friend)).toEqual(["raise-staff-role done"]);
    // Neither money nor people: a puppet agrees to nothing.
    expect(await switchSendingOn(open().ctx, fresh)).toMatchObject(paused);
    expect(await raise(fresh, await hire(shopId(), "cashier"))).toMatchObject(paused);
    await pauseLeft(fresh, "0 seconds");
    expect(await switchSendingOn(open().ctx, fresh)).toMatchObject({ refusal: { why: "notOff" } });
  });

  test("T14: a new account with such a role, and a closed one that is opened again, decide a day later too; at a store as new they decide at once", async () => {
    const [owner] = await owners(1);
    const wish = { name: "店長", role: "manager" as const, storeIds: [shopId()] };
    const username = `puppet-${crypto.randomUUID().slice(0, 8)}`;
    const secrets = { password: "four rainy umbrellas", pin: "135792" };
    expect(await addStaff(counter.database, owner, { ...wish, ...secrets, username })).toEqual(done);
    const [row] = await db().select().from(staff).where(eq(staff.username, username));
    if (!row) throw new Error("no account");
    const puppet = await back(staffWith(row, open().shop));
    const at = await order("paid");
    const requestNo = await asked(at);
    expect(await approve(at, requestNo, puppet)).toMatchObject(paused);
    await openedStore("25 hours");
    expect(await approve(at, requestNo, puppet)).toMatchObject(paused);
    await openedStore("23 hours");
    expect((await approve(at, requestNo, puppet)).ok).toBe(true);

    const change = (isActive: boolean) =>
      changeStaff(counter.database, owner, { username, role: "manager", isActive });
    await change(false);
    await change(true);
    expect((await lines(puppet)).slice(-2)).toEqual(["change-staff done", "raise-staff-role done"]);
    const next = await order("paid");
    expect(await approve(next, await asked(next), await back(puppet))).toMatchObject(paused);
    await openedStore("30 days");
  });
});
