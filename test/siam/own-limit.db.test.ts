import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { moneyOp, refundRequest } from "#lib/db/schema.ts";
import { requestRefund } from "#lib/use-cases/request-refund.ts";
import { type At, openCounter } from "../counter.ts";
import { raiseLimit } from "../own-limit.ts";

const counter = openCounter({ isKsher: true });
const { open, hire, order, returned } = counter;
const db = () => counter.database.db;

const limit = { refundLimitMinor: 50_000, refundLimitCurrency: "THB", refundDaySumMinor: 83_333 } as const;

test("Siam: ฿500.00 of a limit of ฿500.00 goes back at once, ฿500.01 waits, and the day's ฿833.33 are met to the satang", async () => {
  const cashier = await hire(open().shop.shop.id, "cashier");
  await raiseLimit(counter.database, cashier, limit);
  const ask = async (at: At, amountMinor: number) => {
    const clientRequestId = randomUUID();
    const wish = { ...at, clientRequestId, amountMinor, reason: "returned", note: "" } as const;
    const answer = await requestRefund(open().ctx, cashier, wish);
    return answer.ok ? answer.value.path : answer.refusal.why;
  };
  const paid = () => order("paid", { totalFee: 100_000, channel: "truemoney" });
  const [first, second, third] = [await paid(), await paid(), await paid()];
  expect(await ask(first, 50_000)).toBe("sent");
  expect(await ask(second, 50_001)).toBe("asked");
  expect(await ask(third, 33_334)).toBe("asked");
  const [waiting] = await db().select().from(refundRequest).where(eq(refundRequest.orderId, third.id));
  expect(waiting?.judgement).toMatchObject({ why: "daySum", today: { count: 1, sumMinor: 50_000 } });
  expect(await ask(third, 33_333)).toBe("sent");
  for (const [at, satang] of [
    [first, 50_000],
    [third, 33_333],
  ] as const)
    await expect.poll(() => returned(at), { timeout: 15_000 }).toEqual([satang]);
  expect(await returned(second)).toEqual([]);
  expect(await db().select().from(moneyOp).where(eq(moneyOp.orderId, second.id))).toEqual([]);
}, 60_000);
