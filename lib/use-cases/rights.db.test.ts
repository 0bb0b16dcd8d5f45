import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { changeStaff } from "#lib/auth/people/change-staff.ts";
import { auditEvent, moneyOp, staff, staffStore } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { approveRefund } from "./approve-refund.ts";
import { cancelOrder } from "./cancel-order.ts";
import { readBooks, snapshotOf } from "./order-books.ts";
import { rejectRefund } from "./reject-refund.ts";

const counter = openCounter();
const { open, hire, order, ask, asked, approve, returned } = counter;
const db = () => counter.database.db;

/** Everything a door may take away between the moment it let somebody in and the moment they act. */
const losses: Record<string, (who: CurrentStaff) => Promise<unknown>> = {
  "the session was ended": (who) =>
    db().execute(sql`update app_session set revoked_at = clock_timestamp() where id = ${who.sessionId}`),
  "the session ran out": (who) =>
    db().execute(sql`update app_session set idle_until = clock_timestamp() where id = ${who.sessionId}`),
  "the account was closed": (who) =>
    db().update(staff).set({ isActive: false }).where(eq(staff.id, who.staffId)),
  "the role was taken away": (who) =>
    db().update(staff).set({ role: "auditor" }).where(eq(staff.id, who.staffId)),
  "the store was taken away": (who) => db().delete(staffStore).where(eq(staffStore.staffId, who.staffId)),
};

describe("rights count at the moment of the decision", () => {
  test.each(Object.keys(losses))(
    "T8, scenario 49: %s after the page was read: no approval, no rejection, no money",
    async (loss) => {
      const at = await order("paid");
      const requestNo = await asked(at);
      const manager = await hire(open().shop.shop.id, "manager");
      await losses[loss]?.(manager);
      const refused = { ok: false, refusal: { why: expect.stringMatching(/signedOut|notAllowed|notFound/) } };
      expect(await approve(at, requestNo, manager)).toMatchObject(refused);
      expect(await rejectRefund(open().ctx, manager, { requestNo, reason: "no" })).toMatchObject(refused);
      expect(await returned(at)).toEqual([]);
      const lines = await db().select().from(auditEvent).where(eq(auditEvent.staffId, manager.staffId));
      expect(lines.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
        "approve-refund refused",
        "reject-refund refused",
      ]);
    },
  );

  test.each(Object.keys(losses))(
    "scenario 49: %s after the page was read: no cancel, and the attempt is on record",
    async (loss) => {
      const at = await order("open");
      const cashier = await hire(open().shop.shop.id, "cashier");
      const cancel = () => cancelOrder(open().ctx, cashier, { ...at, clientRequestId: randomUUID() });
      await losses[loss]?.(cashier);
      expect(await cancel()).toMatchObject({
        ok: false,
        refusal: { why: expect.stringMatching(/signedOut|notAllowed|notFound/) },
      });
      expect(await db().select().from(moneyOp).where(eq(moneyOp.orderId, at.id))).toEqual([]);
      const lines = await db().select().from(auditEvent).where(eq(auditEvent.staffId, cashier.staffId));
      expect(lines.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(["cancel-order refused"]);
    },
  );

  test("scenario 49: a cashier whose account was closed at 10:00 asks for nothing at 10:01", async () => {
    const at = await order("paid");
    await db().update(staff).set({ isActive: false }).where(eq(staff.id, open().cashier.staffId));
    expect(await ask(at)).toEqual({ ok: false, refusal: { why: "signedOut" } });
    await db().update(staff).set({ isActive: true }).where(eq(staff.id, open().cashier.staffId));
    expect((await ask(at)).ok).toBe(true);
  });

  test("T9: a demotion in the middle of an approval, twenty times: whoever commits first decides, never both", async () => {
    const owner = await hire(open().shop.shop.id, "owner");
    for (let round = 0; round < 20; round += 1) {
      const at = await order("paid");
      const requestNo = await asked(at);
      const manager = await hire(open().shop.shop.id, "manager");
      const seen = snapshotOf(await readBooks(db(), at.id), 1000);
      const demote = () =>
        changeStaff(counter.database, owner, { username: manager.username, role: "cashier" });
      const [yes, demoted] = await Promise.all([
        approveRefund(open().ctx, manager, { requestNo, seen, takeStepUp: async () => true }),
        demote(),
      ]);
      expect(demoted.ok).toBe(true);
      const { rows } = await db().execute<{ approved: number; demoted: number }>(sql`
        select (select seq from audit_event where action = 'approve-refund' and outcome = 'done' and staff_id = ${manager.staffId})::int8 as approved,
               (select seq from audit_event where action = 'change-staff-role' and subject = ${manager.username})::int8 as demoted`);
      if (yes.ok) expect(Number(rows[0]?.approved)).toBeLessThan(Number(rows[0]?.demoted));
      else expect(yes.refusal.why).toMatch(/signedOut|notAllowed/);
    }
  }, 90_000);
});

describe("roles", () => {
  test("T14, scenario 48: an owner who was demoted a moment ago grants nothing, and it is on record", async () => {
    const owner = await hire(open().shop.shop.id, "owner");
    await hire(open().shop.shop.id, "owner");
    const friend = await hire(open().shop.shop.id, "cashier");
    await db().update(staff).set({ role: "cashier" }).where(eq(staff.id, owner.staffId));
    const grant = await changeStaff(counter.database, owner, {
      username: friend.username,
      role: "owner",
    });
    expect(grant).toEqual({ ok: false, refusal: { why: "notAllowed" } });
    const stranger = { ...owner, sessionId: randomUUID() };
    expect(
      await changeStaff(counter.database, stranger, { username: friend.username, role: "owner" }),
    ).toMatchObject({ ok: false });
    const [row] = await db().select().from(staff).where(eq(staff.id, friend.staffId));
    expect(row?.role).toBe("cashier");
    const lines = await db().select().from(auditEvent).where(eq(auditEvent.staffId, owner.staffId));
    expect(lines.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
  });
});
