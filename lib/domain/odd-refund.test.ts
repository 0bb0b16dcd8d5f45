import { expect, test } from "vitest";
import { whyOdd } from "./odd-refund.ts";

const odd = (askedAt: string, timeZone = "Asia/Taipei", cancelledAt: Date | null = null) =>
  whyOdd({ cancelledAt, askedAt: new Date(askedAt), paidAt: null, timeZone });

test("late at night is from eleven until six on the store's clock, not a minute before or after", () => {
  expect(odd("2026-11-26T14:59:59Z")).toEqual([]);
  expect(odd("2026-11-26T15:00:00Z")).toEqual(["lateNight"]);
  expect(odd("2026-11-26T21:59:59Z")).toEqual(["lateNight"]);
  expect(odd("2026-11-26T22:00:00Z")).toEqual([]);
  expect(odd("2026-11-26T15:00:00Z", "Asia/Bangkok")).toEqual([]);
});

test("a refund of a cancelled order is named, at whatever hour", () => {
  expect(odd("2026-11-26T06:00:00Z", "Asia/Taipei", new Date(0))).toEqual(["cancelled"]);
  expect(odd("2026-11-26T15:00:00Z", "Asia/Taipei", new Date(0))).toEqual(["cancelled", "lateNight"]);
});

test("a sale in the middle of the night is named however late in the day it is asked back", () => {
  const sale = (paidAt: string) =>
    whyOdd({
      ...{ cancelledAt: null, askedAt: new Date("2026-11-26T06:00:00Z"), timeZone: "Asia/Taipei" },
      paidAt: new Date(paidAt),
    });
  expect(sale("2026-11-25T18:00:00Z")).toEqual(["lateNight"]);
  expect(sale("2026-11-26T05:00:00Z")).toEqual([]);
});
