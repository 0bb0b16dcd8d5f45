import { describe, expect, test } from "vitest";
import type { Capabilities } from "./gateway-facts.ts";
import { canQueryRefund, changesSince, mayRequestRefund, type OrderMoney, sumMoney } from "./refund.ts";

const partial: Capabilities = {
  currency: "TWD",
  orderNoLengthMax: 20,
  cancel: { offeredForMs: 840_000, windowMs: 900_000, isProvisional: true },
  refund: {
    canPartial: true,
    canQuery: false,
    noQueryWallets: [],
    reasonLengthMax: 100,
    cashierLengthMax: 8,
    elsewhereWalletPrefixes: ["3"],
  },
  canListOrders: true,
  quietTimeMs: 900_000,
  canResend: false,
};
const fullOnly: Capabilities = { ...partial, refund: { ...partial.refund, canPartial: false } };
const paid: OrderMoney = {
  gatewayState: "paid",
  paidMinor: 1000,
  wallet: "11500",
  ops: [],
  waitingMinor: [],
};
const refund = (state: OrderMoney["ops"][number]["state"], amountMinor: number) => ({
  kind: "REFUND" as const,
  state,
  amountMinor,
});

describe("may this be asked back", () => {
  test("scenario 23: with 600 waiting of 1,000, another 600 is refused and says that 400 remain", () => {
    const order = { ...paid, waitingMinor: [600] };
    expect(mayRequestRefund(order, 600, partial)).toEqual({
      ok: false,
      refusal: { why: "moreThanRemains", remainingMinor: 400, reservedMinor: 600 },
    });
    expect(mayRequestRefund(order, 401, partial).ok).toBe(false);
    expect(mayRequestRefund(order, 400, partial).ok).toBe(true);
  });

  test("scenario 24: without the capability only the whole amount is taken", () => {
    expect(mayRequestRefund(paid, 999, fullOnly)).toEqual({ ok: false, refusal: { why: "fullOnly" } });
    expect(mayRequestRefund(paid, 1000, fullOnly).ok).toBe(true);
  });

  test("scenario 25: 333.33, 333.33 and 333.34 of 1,000.00 pass one after another; 333.35 as the last does not", () => {
    const order: OrderMoney = {
      ...paid,
      paidMinor: 100_000,
      ops: [refund("SUCCEEDED", 33_333), refund("SUCCEEDED", 33_333)],
    };
    expect(mayRequestRefund(order, 33_335, partial).ok).toBe(false);
    expect(mayRequestRefund(order, 33_334, partial).ok).toBe(true);
    expect(sumMoney({ ...order, ops: [...order.ops, refund("SUCCEEDED", 33_334)] }).remainingMinor).toBe(0);
  });

  test("an unknown outcome blocks a second try, a failed one does not", () => {
    expect(mayRequestRefund({ ...paid, ops: [refund("UNKNOWN", 1000)] }, 1000, partial)).toEqual({
      ok: false,
      refusal: { why: "moneyIsMoving" },
    });
    expect(mayRequestRefund({ ...paid, ops: [refund("FAILED", 1000)] }, 1000, partial).ok).toBe(true);
  });

  test("an order nobody paid, one already returned, and an e-ticket card are each refused for their own reason", () => {
    const why = (order: OrderMoney) => {
      const answer = mayRequestRefund(order, null, partial);
      return answer.ok ? null : answer.refusal.why;
    };
    expect(why({ ...paid, gatewayState: "waiting", paidMinor: 0 })).toBe("notPaid");
    expect(why({ ...paid, gatewayState: "refunded" })).toBe("nothingRemains");
    expect(why({ ...paid, ops: [refund("SUCCEEDED", 1000)] })).toBe("nothingRemains");
    expect(why({ ...paid, wallet: "31800" })).toBe("refundElsewhere");
  });
});

test("scenario 37: an approval sees what moved since the request, and nothing when nothing did", () => {
  const then = { gatewayState: "paid", paidMinor: 1000, remainingMinor: 1000 } as const;
  expect(changesSince(then, then)).toEqual([]);
  expect(changesSince(then, { ...then, remainingMinor: 700 })).toEqual(["remainingMinor"]);
  expect(changesSince(then, { ...then, gatewayState: "refunded" })).toEqual(["gatewayState"]);
});

test("a refund can be asked about by its number only where gateway and wallet both take part", () => {
  const asking = { ...partial, refund: { ...partial.refund, canQuery: true, noQueryWallets: ["promptpay"] } };
  const answers = ["truemoney", "promptpay", null].map((wallet) => canQueryRefund(asking, wallet));
  expect(answers).toEqual([true, false, false]);
  expect(canQueryRefund(partial, "truemoney")).toBe(false);
});
