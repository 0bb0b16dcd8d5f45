import { describe, expect, test } from "vitest";
import type { GatewayOrderState } from "./gateway-facts.ts";
import { limits } from "./limits.ts";
import { type InLine, isListable, listedWith, nextListInMs, stillWaiting } from "./watched-list.ts";

const order = (n: number, change: Partial<InLine> = {}): InLine => ({
  orderId: `o${n}`,
  state: "waiting",
  seenForMs: 60_000,
  isWatched: true,
  isPlain: true,
  ...change,
});
const line = (count: number) => Array.from({ length: count }, (_, n) => order(n));
const lists = { canList: true, isDue: true };
const ids = (orders: readonly InLine[] | null) => orders?.map(({ orderId }) => orderId) ?? null;

describe("one list or one question each (money.md 3.4)", () => {
  test("four watched orders are asked about singly, five share one list", () => {
    expect(listedWith("o0", line(4), lists)).toBeNull();
    expect(ids(listedWith("o0", line(5), lists))).toEqual(["o0", "o1", "o2", "o3", "o4"]);
  });

  test("orders nobody looks at do not make the five, and are answered along with them", () => {
    const left = order(9, { isWatched: false });
    expect(listedWith("o0", [...line(4), left], lists)).toBeNull();
    expect(ids(listedWith("o9", [...line(5), left], lists))).toContain("o9");
  });

  test("an order first seen a moment inside the list's period counts, at its edge it does not", () => {
    const at = (seenForMs: number) => [...line(4), order(4, { seenForMs })];
    expect(listedWith("o0", at(limits.watchedListReachMs - 1), lists)).toHaveLength(5);
    expect(listedWith("o0", at(limits.watchedListReachMs), lists)).toBeNull();
  });

  test("an order the list cannot speak for keeps its own question beside any number of others", () => {
    const old = order(99, { seenForMs: limits.watchedListReachMs });
    expect(listedWith("o99", [...line(20), old], lists)).toBeNull();
    expect(ids(listedWith("o0", [...line(20), old], lists))).not.toContain("o99");
    expect(listedWith("gone", line(20), lists)).toBeNull();
  });

  test("where the gateway has no lists, or the last one is too young, every order has its own question", () => {
    expect(listedWith("o0", line(200), { canList: false, isDue: true })).toBeNull();
    expect(listedWith("o0", line(200), { canList: true, isDue: false })).toBeNull();
  });

  test("only an order that waits and has nothing else open can be spoken for", () => {
    const others: GatewayOrderState[] = [
      ...(["paid", "attempt-failed", "not-paid", "cancelled"] as const),
      ...(["refund-accepted", "refunded", "refund-failed", "unsure"] as const),
    ];
    expect(others.filter((state) => isListable(order(0, { state })))).toEqual([]);
    expect(isListable(order(0, { isPlain: false }))).toBe(false);
    expect(isListable(order(0))).toBe(true);
  });
});

describe("what a list proves", () => {
  const asked = { orderNo: "A1", amountMinor: 100 };
  const row = { orderNo: "A1", amountMinor: 100, state: "waiting" as const };

  test("an order in one row, waiting, with its amount, still waits", () => {
    expect(stillWaiting([asked], [{ ...row, orderNo: "A2" }, row])).toEqual([asked]);
    expect(stillWaiting([{ ...asked, amountMinor: null }], [row])).toHaveLength(1);
  });

  test.each([
    ["no row", []],
    ["two rows", [row, row]],
    ["another amount", [{ ...row, amountMinor: 101 }]],
    ["another state", [{ ...row, state: "paid" as const }]],
    ["a longer number", [{ ...row, orderNo: "A10" }]],
    ["a number in other letters", [{ ...row, orderNo: "a1" }]],
  ])("%s proves nothing", (_, rows) => {
    expect(stillWaiting([asked], rows)).toEqual([]);
  });
});

test("lists without an answer are asked for again, later each time and never later than five minutes", () => {
  expect([0, 1, 2, 3, 6, 7, 99].map((failed) => nextListInMs(failed) / 1_000)).toEqual([
    10, 10, 20, 40, 300, 300, 300,
  ]);
});
