import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { merchantAccount } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { sweep } from "./find-out/sweep.ts";
import { lookUpOrder } from "./look-up-order.ts";

const counter = openCounter();
const { open, control, order, ask, asked, approve, settled, returned } = counter;

describe("when the gateway does not answer well", () => {
  test("scenario 43: accepted and the answer lost: we do not know, then Refunded by itself, with one refund in the ledger", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await control("POST", "faults", { kind: "lost-after-effect", service: "Refund" });
    await approve(at, requestNo);
    await settled(at, "SUCCEEDED");
    expect(await returned(at)).toEqual([1000]);
    const { rows } = await counter.database.db.execute(
      sql`select outcome, source from evidence where order_id = ${at.id} order by seen_at`,
    );
    expect(rows).toContainEqual({ outcome: "unknown", source: "send" });
  });

  test("lost on the way there: it stays unknown, is not sent again, and blocks a second request", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await control("POST", "faults", { kind: "lost-before-effect", service: "Refund" });
    await approve(at, requestNo);
    await settled(at, "UNKNOWN");
    expect(await ask(at)).toMatchObject({ ok: false, refusal: { why: "moneyIsMoving" } });
    expect(await returned(at)).toEqual([]);
    const { rows } = await counter.database.db.execute(
      sql`select count(*)::int as n from op_attempt a join money_op m on m.id = a.op_id where m.order_id = ${at.id}`,
    );
    expect(rows[0]?.n).toBe(1);
  });

  test("scenario 7: a gateway that does not answer is named, the order is not called missing", async () => {
    await control("POST", "faults", { kind: "http-status", storeOrderNo: "PO-NOT-SEEN" });
    expect(await lookUpOrder(open().ctx, open().cashier, "PO-NOT-SEEN")).toMatchObject({
      refusal: { why: "gatewayNoAnswer" },
    });
    expect(await lookUpOrder(open().ctx, open().cashier, "PO-NOT-SEEN")).toMatchObject({
      refusal: { why: "notFound" },
    });
  });

  test("scenario 44: a sender that died leaves the outcome unknown, never a second send", async () => {
    const at = await order("paid");
    const requestNo = await asked(at);
    await counter.database.db
      .update(merchantAccount)
      .set({ sendingPausedWhy: "test" })
      .where(eq(merchantAccount.id, open().shop.account.id));
    await approve(at, requestNo);
    await counter.database.db.execute(sql`update money_op set state = 'SENDING', fence = fence + 1, lease_owner = ${randomUUID()},
      lease_until = clock_timestamp() - interval '1 s', last_sent_at = clock_timestamp() where order_id = ${at.id}`);
    await sweep(open().ctx);
    await counter.database.db
      .update(merchantAccount)
      .set({ sendingPausedWhy: null })
      .where(eq(merchantAccount.id, open().shop.account.id));
    await settled(at, "UNKNOWN");
    expect(await returned(at)).toEqual([]);
  });
});
