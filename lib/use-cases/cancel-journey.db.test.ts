import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type At, openCounter } from "#test/counter.ts";
import { cancelOrder } from "./cancel-order.ts";
import { factsOf, readBooks } from "./order-books.ts";

const counter = openCounter();
const { open, hire, control, order, settled, returned } = counter;

describe("cancel", () => {
  const cancel = (at: At, clientRequestId: string = randomUUID()) =>
    cancelOrder(open().ctx, open().cashier, { ...at, clientRequestId });

  test("a waiting order is cancelled once, also when the button is pressed twenty times", async () => {
    const at = await order("open");
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => cancel(at, id)));
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    await settled(at, "SUCCEEDED");
    const books = await readBooks(counter.database.db, at.id);
    expect(books.ops).toHaveLength(1);
    expect(factsOf(books).isCancelled).toBe(true);
  });

  test("scenario 17: after the window nothing is sent and the text says so", async () => {
    const at = await order("open");
    await counter.database.db.execute(
      sql`update pay_order set first_seen_at = clock_timestamp() - interval '15 minutes 1 second' where id = ${at.id}`,
    );
    expect(await cancel(at)).toEqual({ ok: false, refusal: { why: "tooLate" } });
  });

  test("scenario 18: the customer pays between the look and the cancel: the gateway's word wins, no money comes back by itself", async () => {
    const at = await order("open");
    await control("POST", `orders/${at.orderNo}/pay`, {});
    await cancel(at);
    await settled(at, "FAILED");
    expect((await readBooks(counter.database.db, at.id)).order.gatewayState).toBe("paid");
    expect(await returned(at)).toEqual([]);
  });

  test("scenario 21: a paid order and an auditor are refused, both on record", async () => {
    const at = await order("paid");
    expect(await cancel(at)).toEqual({ ok: false, refusal: { why: "paid" } });
    const auditor = await hire(open().shop.shop.id, "auditor");
    expect(await cancelOrder(open().ctx, auditor, { ...at, clientRequestId: randomUUID() })).toEqual({
      ok: false,
      refusal: { why: "notAllowed" },
    });
  });
});
