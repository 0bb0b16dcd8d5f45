import { expect, test } from "vitest";
import { parseOrderNo } from "./order-no.ts";
import { practiceCases, practiceNo, practiceOf, practiceSteps } from "./practice.ts";

test("the number of a practice order tells what it is for, and the shop's own numbers tell nothing", () => {
  for (const practice of practiceCases) {
    const orderNo = practiceNo(practice, "705299");
    expect(practiceOf(orderNo)).toBe(practice);
    expect(parseOrderNo(orderNo)).toEqual({ ok: true, value: orderNo });
    expect(orderNo.length).toBeLessThanOrEqual(20);
  }
  for (const other of ["PO180101001", "TRYP70529", "TRYP7052997", "TRYZ705299", "tryp705299", ""])
    expect(practiceOf(other)).toBeNull();
});

test("what shall go wrong waits for this order alone, and is there before the order", () => {
  const about = { orderNo: "TRYL705299", merchant: "S2PSIM0001", refundService: "Refund" };
  for (const practice of practiceCases) {
    const steps = practiceSteps(practice, about, 1);
    const order = steps.findIndex(({ path }) => path === "orders");
    expect(order).toBeGreaterThanOrEqual(0);
    for (const [at, { path, body }] of steps.entries())
      if (path === "faults") {
        expect(at).toBeLessThan(order);
        expect(body).toMatchObject({ storeOrderNo: about.orderNo, mchId: about.merchant });
      }
  }
});

test("amounts are whole dollars and whole baht", () => {
  const about = { orderNo: "TRYP705299", merchant: "m", refundService: "r" };
  const feeOf = (perUnit: number) =>
    practiceCases.map((one) =>
      Number(practiceSteps(one, about, perUnit).find(({ path }) => path === "orders")?.body.totalFee),
    );
  expect(feeOf(1)).toEqual([180, 240, 300, 360, 420, 480, 540]);
  expect(feeOf(100)).toEqual(feeOf(1).map((fee) => fee * 100));
});
