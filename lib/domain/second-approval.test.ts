import { expect, test } from "vitest";
import { needsTwo, readSecondAbove } from "./second-approval.ts";

test("NT$5,000 itself takes one manager, one dollar more takes two", () => {
  expect(needsTwo(5_000, 5_000)).toBe(false);
  expect(needsTwo(5_001, 5_000)).toBe(true);
});

test("zero asks for two each time, nothing never", () => {
  expect(needsTwo(1, 0)).toBe(true);
  expect(needsTwo(999_999, null)).toBe(false);
});

test("it is typed as any amount: full-width digits, thousands, satang where there are any", () => {
  expect(readSecondAbove("５，０００", "TWD")).toEqual({ ok: true, value: 5_000 });
  expect(readSecondAbove("5,000.50", "THB")).toEqual({ ok: true, value: 500_050 });
  expect(readSecondAbove(" ", "TWD")).toEqual({ ok: true, value: null });
  expect(readSecondAbove("0", "TWD")).toEqual({ ok: true, value: 0 });
  expect(readSecondAbove("5000.5", "TWD")).toEqual({ ok: false, refusal: "noDecimals" });
  expect(readSecondAbove("-1", "TWD")).toEqual({ ok: false, refusal: "notPositive" });
});
