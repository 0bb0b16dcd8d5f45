import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { listCounterApprovers, readCounterApprover } from "#lib/auth/counter-approver.ts";
import { listNotices, seeNotice } from "#lib/auth/notices.ts";
import { hashSecret } from "#lib/auth/password.ts";
import { confirmPin, takeStepUp } from "#lib/auth/step-up.ts";
import { auditEvent, staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { makeShop } from "#test/shop.ts";
import { approveAtCounter } from "./approve-at-counter.ts";
import { readBooks, snapshotOf } from "./order-books.ts";
import { requestRefund } from "./request-refund.ts";

const counter = openCounter();
const { open, hire, order, asked, settled, returned } = counter;
const db = () => counter.database.db;
const pin = "135790";
let pinHash = "";

beforeAll(async () => {
  pinHash = await hashSecret(pin);
});

async function hireWithPin(role: Role, storeId = open().shop.shop.id): Promise<CurrentStaff> {
  const person = await hire(storeId, role);
  await db().update(staff).set({ pinHash }).where(eq(staff.id, person.staffId));
  return person;
}

type At = Awaited<ReturnType<typeof order>>;
async function approveHere(
  at: At,
  requestNo: string,
  by: CurrentStaff,
  options: { pin?: string; host?: CurrentStaff } = {},
) {
  const seen = snapshotOf(await readBooks(db(), at.id), 1000);
  const asked = { requestNo, approverId: by.staffId, pin: options.pin ?? pin, seen };
  return approveAtCounter(open().ctx, options.host ?? open().cashier, asked);
}
const approvals = (at: At) =>
  db()
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.orderId, at.id), eq(auditEvent.action, "approve-refund")));

describe("a manager approves at the cashier's screen", () => {
  test("scenario 39: name and PIN approve this one request; the audit has both, the device and the method", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const manager = await hireWithPin("manager");
    expect(await approveHere(at, requestNo, manager)).toMatchObject({ ok: true });
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
    const [line] = await approvals(at);
    expect(line).toMatchObject({
      outcome: "done",
      staffId: manager.staffId,
      deviceId: open().cashier.deviceId,
      facts: {
        method: "counter-pin",
        host: "cashier",
        askedBy: "cashier",
        paidMinor: 1000,
        remainingMinor: 1000,
      },
    });
    const { rows } = await db().execute(
      sql`select revoked_at from app_session where id = ${open().cashier.sessionId}`,
    );
    expect(rows).toEqual([{ revoked_at: null }]);
    expect(await approveHere(at, requestNo, manager)).toMatchObject({
      refusal: { why: "decided", status: "APPROVED", by: "manager" },
    });
  });

  test("T12, scenario 39: an approval given at a till is good for its request and five minutes, once, on that screen only", async () => {
    const manager = await hireWithPin("manager");
    const { cashier } = open();
    const here = await readCounterApprover(counter.database, cashier, manager.staffId);
    if (!here) throw new Error("may not approve here");
    const give = async (subject: string) => {
      const made = await confirmPin(counter.database, here, { pin, subject, atScreenOf: cashier.name });
      if (!made.ok) throw new Error(made.refusal.why);
      return made.value;
    };
    const use = (id: string, subject: string, by = here) =>
      withTx(counter.database, (tx) => takeStepUp(tx, by, { id, subject }));
    const id = await give("Q1");
    expect(await use(id, "Q2")).toBe(false);
    expect(await use(id, "Q1", manager)).toBe(false);
    expect(await use(id, "Q1")).toBe(true);
    expect(await use(id, "Q1")).toBe(false);
    const old = await give("Q1");
    await db().execute(
      sql`update step_up set expires_at = clock_timestamp() - interval '1 ms' where id = ${old}`,
    );
    expect(await use(old, "Q1")).toBe(false);
    const { rows } = await db().execute<{ method: string; ms: string }>(sql`
      select method, round(extract(epoch from expires_at - clock_timestamp()) / 60) as ms from step_up where id = ${await give("Q3")}`);
    expect(rows).toEqual([{ method: "counter-pin", ms: "5" }]);
  });

  test("scenario 39: five wrong PINs lock this manager on this device with a time, tell them, and nobody else", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const manager = await hireWithPin("manager");
    const other = await hireWithPin("owner");
    for (let n = 0; n < 4; n += 1)
      expect(await approveHere(at, requestNo, manager, { pin: "000000" })).toMatchObject({
        refusal: { why: "wrong" },
      });
    expect(await listNotices(counter.database, manager)).toEqual([]);
    expect(await approveHere(at, requestNo, manager, { pin: "000000" })).toMatchObject({
      refusal: { why: "locked", untilAt: expect.any(Date), waitMs: expect.any(Number) },
    });
    expect(await approveHere(at, requestNo, manager)).toMatchObject({ refusal: { why: "locked" } });
    const notices = await listNotices(counter.database, manager);
    expect(notices).toMatchObject([{ kind: "pinLocked", host: "cashier", timeZone: "Asia/Taipei" }]);
    expect(await listNotices(counter.database, other)).toEqual([]);
    await seeNotice(counter.database, other, notices[0]?.id ?? "");
    expect(await listNotices(counter.database, manager)).toHaveLength(1);
    await seeNotice(counter.database, manager, notices[0]?.id ?? "");
    expect(await listNotices(counter.database, manager)).toEqual([]);
    expect(await approveHere(at, requestNo, other)).toMatchObject({ ok: true });
    const lines = await db()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.action, "step-up"), eq(auditEvent.staffId, manager.staffId)));
    expect(lines.map(({ facts }) => facts.why)).toEqual([
      "wrong",
      "wrong",
      "wrong",
      "wrong",
      "locked",
      "locked",
    ]);
    expect(lines.every(({ facts }) => facts.host === "cashier")).toBe(true);
  });

  test("scenario 35: whoever asked approves by counter PIN neither for themselves nor through a second account", async () => {
    const at = await order("paid");
    const asker = await hireWithPin("manager");
    const answer = await requestRefund(open().ctx, asker, {
      ...at,
      clientRequestId: randomUUID(),
      amountMinor: 1000,
      reason: "returned",
      note: "",
    });
    if (!answer.ok) throw new Error(answer.refusal.why);
    const { requestNo } = answer.value;
    expect(await approveHere(at, requestNo, asker)).toMatchObject({ refusal: { why: "ownRequest" } });
    const twin = await hireWithPin("owner");
    await db().update(staff).set({ personId: asker.personId }).where(eq(staff.id, twin.staffId));
    expect(await approveHere(at, requestNo, twin)).toMatchObject({ refusal: { why: "ownRequest" } });
    expect(await approveHere(at, requestNo, asker, { host: asker })).toMatchObject({
      refusal: { why: "notFound" },
    });
    const names = await listCounterApprovers(counter.database, open().cashier, {
      requestNo,
      hasFirst: false,
    });
    expect(names.map(({ staffId }) => staffId)).not.toContain(asker.staffId);
    expect(names.map(({ staffId }) => staffId)).not.toContain(twin.staffId);
    expect(await returned(at)).toEqual([]);
  });

  test("scenario 40: a manager of another store, a cashier, and a closed account are not found, and it is on record", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const elsewhere = (await makeShop(counter.database)).shop.id;
    const closed = await hireWithPin("manager");
    await db().update(staff).set({ isActive: false }).where(eq(staff.id, closed.staffId));
    for (const who of [await hireWithPin("manager", elsewhere), await hireWithPin("cashier"), closed])
      expect(await approveHere(at, requestNo, who)).toEqual({ ok: false, refusal: { why: "notFound" } });
    const refused = await db()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.subject, requestNo), eq(auditEvent.outcome, "refused")));
    expect(refused).toHaveLength(3);
    expect(refused.every(({ staffId }) => staffId === open().cashier.staffId)).toBe(true);
    expect(await returned(at)).toEqual([]);
  });

  test("scenario 49: the cashier's session ended or the manager was demoted while the PIN was typed: no approval", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    const manager = await hireWithPin("manager");
    const host = await hire(open().shop.shop.id, "cashier");
    await db().execute(
      sql`update app_session set revoked_at = clock_timestamp() where id = ${host.sessionId}`,
    );
    expect(await approveHere(at, requestNo, manager, { host })).toMatchObject({
      refusal: { why: "signedOut" },
    });
    expect(await returned(at)).toEqual([]);
  });
});
