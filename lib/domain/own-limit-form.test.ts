import { expect, test } from "vitest";
import { readLimits } from "./own-limit-form.ts";

const typed = { perRefund: "500", dayCount: "10", daySum: "2500", saleDays: "30" };

test("limits are typed as in the refund form: full-width digits, thousands, decimals where the currency has them", () => {
  expect(
    readLimits({ ...typed, perRefund: "１，０００", daySum: "12,000", dayCount: "１０" }, "TWD"),
  ).toEqual({
    ...{ ok: true },
    value: {
      currency: "TWD",
      perRefundMinor: 1000,
      dayCountMax: 10,
      daySumMinor: 12_000,
      saleAgeMaxDays: 30,
    },
  });
  expect(readLimits({ ...typed, perRefund: "500.25" }, "THB")).toMatchObject({
    value: { perRefundMinor: 50_025, daySumMinor: 250_000 },
  });
});

test("zero takes the limit away, also with nothing for the day", () => {
  expect(readLimits({ ...typed, perRefund: "0", daySum: "０" }, "TWD")).toMatchObject({
    value: { perRefundMinor: 0, daySumMinor: 0 },
  });
});

test("what is no amount or no number is said beside its field, all at once", () => {
  expect(readLimits({ perRefund: "1e3", dayCount: "-1", daySum: "2.5", saleDays: "soon" }, "TWD")).toEqual({
    ...{ ok: false },
    refusal: { perRefund: "notANumber", dayCount: "notACount", daySum: "noDecimals", saleDays: "notACount" },
  });
  expect(readLimits({ ...typed, dayCount: "", saleDays: "1.5" }, "TWD")).toMatchObject({
    refusal: { dayCount: "notACount", saleDays: "notACount" },
  });
});

test("a day's sum that holds one full refund is taken, one dollar less is not", () => {
  expect(readLimits({ ...typed, daySum: "500" }, "TWD").ok).toBe(true);
  expect(readLimits({ ...typed, daySum: "499" }, "TWD")).toEqual({
    ...{ ok: false, refusal: { daySum: "daySumTooSmall" } },
  });
});

test("999 a day and a sale of 999 days are the most", () => {
  expect(readLimits({ ...typed, dayCount: "999", saleDays: "999" }, "TWD").ok).toBe(true);
  expect(readLimits({ ...typed, dayCount: "1000" }, "TWD")).toMatchObject({
    refusal: { dayCount: "notACount" },
  });
  expect(readLimits({ ...typed, saleDays: "1000" }, "TWD")).toMatchObject({
    refusal: { saleDays: "notACount" },
  });
});
