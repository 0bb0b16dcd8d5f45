import { expect, test } from "vitest";
import { type At, openCounter } from "#test/counter.ts";
import { workAccount } from "../clerk.ts";
import { watchOrderStatus } from "../order-status.ts";

const counter = openCounter({ hasClerk: false, isKsher: true });
const { open, control, order } = counter;

test("Ksher has no lists: six watched orders are asked about one by one, in turn", async () => {
  const orders: At[] = [];
  for (let n = 0; n < 6; n += 1) orders.push(await order("open"));
  for (const at of orders) await watchOrderStatus(open().ctx, open().cashier, { ...at, isOpening: false });
  const before = (await control("GET", "arrivals")).length;
  for (let n = 0; n < 12; n += 1)
    await expect.poll(() => workAccount(open().ctx, open().shop.account.id), { interval: 10 }).toBe("worked");
  const asked: { storeOrderNo: string }[] = (await control("GET", "arrivals")).slice(before);
  const numbers = asked.map(({ storeOrderNo }) => storeOrderNo);
  expect(numbers.slice(0, 6).toSorted()).toEqual(orders.map(({ orderNo }) => orderNo));
  expect(numbers.slice(6)).toEqual(numbers.slice(0, 6));
});
