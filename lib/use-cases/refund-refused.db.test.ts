import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { auditEvent } from "#lib/db/schema.ts";
import { type At, openCounter } from "#test/counter.ts";
import { factsOf, readBooks } from "./order-books.ts";
import { rejectRefund } from "./reject-refund.ts";
import { viewOrder } from "./view-order.ts";
import { withdrawRefund } from "./withdraw-refund.ts";

const counter = openCounter();
const { open, control, order, ask, asked, approve, settled, returned } = counter;
const view = (at: At) => viewOrder(open().ctx, open().cashier, at);

test("scenario 14: status 3 with a fail message: refused only after the quiet time; the order stays paid and the amount is free again", async () => {
  const at = await order("paid");
  await control("POST", "faults", {
    kind: "refund-fail",
    service: "Refund",
    storeOrderNo: at.orderNo,
  });
  expect(await approve(at, await asked(at))).toMatchObject({ ok: true });
  const gatewayState = async () => (await readBooks(counter.database.db, at.id)).order.gatewayState;
  await expect.poll(gatewayState, { timeout: 10_000 }).toBe("refund-failed");
  const [op] = (await readBooks(counter.database.db, at.id)).ops;
  expect(["UNKNOWN", "PENDING"]).toContain(op?.state);
  expect(await view(at)).not.toMatchObject({ verdict: "refundRefused" });
  expect(await ask(at)).toMatchObject({ ok: false });
  await counter.database.db.execute(sql`
    update money_op set next_ask_at = clock_timestamp(), fence = fence + 1, last_sent_at = last_sent_at - interval '16 minutes',
           quiet_until = clock_timestamp() - interval '1 second' where order_id = ${at.id}`);
  await settled(at, "FAILED");
  expect(await view(at)).toMatchObject({ verdict: "refundRefused", canRefund: true });
  const after = await readBooks(counter.database.db, at.id);
  expect([after.order.paidMinor, factsOf(after).waitingMinor, after.ops.length]).toEqual([1000, [], 1]);
  expect(await returned(at)).toEqual([]);
  expect(await ask(at)).toMatchObject({ ok: true });
}, 60_000);

test("scenario 50: every attempt at money leaves one line, the refused ones too, and the chain stays whole", async () => {
  const at = await order("paid");
  const { ctx, cashier, manager, manager2 } = open();
  const first = await asked(at);
  await ask(at);
  await withdrawRefund(ctx, manager, { requestNo: first });
  await withdrawRefund(ctx, cashier, { requestNo: first });
  await approve(at, first);
  const second = await asked(at);
  await rejectRefund(ctx, manager2, { requestNo: second, reason: "no receipt" });
  await rejectRefund(ctx, manager, { requestNo: second, reason: "too late" });
  const third = await asked(at);
  await approve(at, third, cashier);
  await approve(at, third);
  await settled(at, "SUCCEEDED");
  const lines = await counter.database.db
    .select()
    .from(auditEvent)
    .where(eq(auditEvent.orderId, at.id))
    .orderBy(auditEvent.seq);
  const people = lines.flatMap(({ action, outcome, staffId }) =>
    staffId && action !== "look-up-order" ? [`${action} ${outcome}`] : [],
  );
  expect(people).toEqual([
    "request-refund done",
    "request-refund refused",
    "withdraw-refund refused",
    "withdraw-refund done",
    "approve-refund refused",
    "request-refund done",
    "reject-refund done",
    "reject-refund refused",
    "request-refund done",
    "approve-refund refused",
    "approve-refund done",
  ]);
  const sends = lines.filter(({ action, staffId }) => staffId === null && action === "send-refund");
  expect(sends.map(({ facts }) => facts.to)).toEqual(["SENDING", "SUCCEEDED"]);
  expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
}, 60_000);
