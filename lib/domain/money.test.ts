import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountMinorMax, formatMoney, parseAmount, toDecimalText } from "./money.ts";

describe("what a cashier types as an amount", () => {
  test.each([
    ["1000", 1000],
    ["1,000", 1000],
    ["１，０００", 1000],
    [" 1 200".replace(" 1 ", "1"), 1200],
    ["12,345,678", 12_345_678],
    ["007", 7],
  ])("scenario 28: TWD %s is read as %i", (typed, minor) => {
    expect(parseAmount(typed, "TWD")).toEqual({ ok: true, value: minor });
  });

  test.each([
    ["", "empty"],
    ["   ", "empty"],
    ["1e3", "notANumber"],
    ["-5", "notPositive"],
    ["−5", "notPositive"],
    ["0", "notPositive"],
    ["NaN", "notANumber"],
    ["Infinity", "notANumber"],
    ["0x10", "notANumber"],
    ["1.5", "noDecimals"],
    ["1.0", "noDecimals"],
    ["10,00", "notANumber"],
    ["1,0000", "notANumber"],
    ["١٢٣", "notANumber"],
    ["1000000000000", "tooLarge"],
  ])("scenario 28: TWD %j is refused as %s", (typed, refusal) => {
    expect(parseAmount(typed, "TWD")).toEqual({ ok: false, refusal });
  });

  test.each([
    ["333.33", 33_333],
    ["333.3", 33_330],
    ["333", 33_300],
    ["0.01", 1],
  ])("THB %s is read as %i satang", (typed, minor) => {
    expect(parseAmount(typed, "THB")).toEqual({ ok: true, value: minor });
  });

  test("THB with three decimals, or nothing but zero, is refused", () => {
    expect(parseAmount("1.005", "THB")).toEqual({ ok: false, refusal: "tooManyDecimals" });
    expect(parseAmount("0.00", "THB")).toEqual({ ok: false, refusal: "notPositive" });
  });

  test("every amount reads back from its own text, in both currencies", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: amountMinorMax }),
        fc.constantFrom("TWD" as const, "THB" as const),
        (amountMinor, currency) => {
          expect(parseAmount(toDecimalText({ amountMinor, currency }), currency)).toEqual({
            ok: true,
            value: amountMinor,
          });
          expect(
            parseAmount(formatMoney({ amountMinor, currency }).replace(/^(NT\$|฿)/, ""), currency),
          ).toEqual({ ok: true, value: amountMinor });
        },
      ),
    );
  });
});

test("staff read the same amount in every language", () => {
  expect(formatMoney({ amountMinor: 1200, currency: "TWD" })).toBe("NT$1,200");
  expect(formatMoney({ amountMinor: -90, currency: "TWD" })).toBe("−NT$90");
  expect(formatMoney({ amountMinor: 100_000, currency: "THB" })).toBe("฿1,000.00");
  expect(formatMoney({ amountMinor: 5, currency: "THB" })).toBe("฿0.05");
});
