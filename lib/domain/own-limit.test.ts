import { describe, expect, test } from "vitest";
import { type OwnLimitFacts, whyManager } from "./own-limit.ts";

const dayMs = 24 * 3_600_000;
const limits = {
  currency: "TWD",
  perRefundMinor: 500,
  dayCountMax: 3,
  daySumMinor: 1_200,
  saleAgeMaxDays: 7,
} as const;
const sale = {
  currency: "TWD",
  ageMs: dayMs,
  isPlain: true,
  isDecidedBefore: false,
  secondAboveMinor: null,
} as const;
const facts = (changes: {
  limits?: Partial<OwnLimitFacts["limits"]>;
  today?: Partial<OwnLimitFacts["today"]>;
  sale?: Partial<OwnLimitFacts["sale"]>;
}): OwnLimitFacts => ({
  limits: { ...limits, ...changes.limits },
  today: { count: 0, sumMinor: 0, ...changes.today },
  sale: { ...sale, ...changes.sale },
});

describe("a refund within the own limit goes without a manager, and one step beyond each limit asks", () => {
  test("NT$500 with a limit of NT$500; NT$501 asks", () => {
    expect(whyManager(500, facts({}))).toBeNull();
    expect(whyManager(501, facts({}))).toBe("aboveLimit");
    expect(whyManager(1, facts({}))).toBeNull();
  });

  test("the third of three a day; the fourth asks", () => {
    expect(whyManager(1, facts({ today: { count: 2 } }))).toBeNull();
    expect(whyManager(1, facts({ today: { count: 3 } }))).toBe("dayCount");
  });

  test("up to NT$1,200 a day; one dollar more asks, however small the refund", () => {
    expect(whyManager(400, facts({ today: { count: 2, sumMinor: 800 } }))).toBeNull();
    expect(whyManager(401, facts({ today: { count: 2, sumMinor: 800 } }))).toBe("daySum");
    expect(whyManager(1, facts({ today: { count: 2, sumMinor: 1_200 } }))).toBe("daySum");
  });

  test("a sale of seven days; a millisecond older asks, and so does one whose date nobody told", () => {
    expect(whyManager(1, facts({ sale: { ageMs: 7 * dayMs } }))).toBeNull();
    expect(whyManager(1, facts({ sale: { ageMs: 7 * dayMs + 1 } }))).toBe("oldSale");
    expect(whyManager(1, facts({ sale: { ageMs: null } }))).toBe("saleDateUnknown");
  });
});

test("what takes two managers in its store takes no rule: NT$400 goes, NT$401 asks", () => {
  expect(whyManager(400, facts({ sale: { secondAboveMinor: 400 } }))).toBeNull();
  expect(whyManager(401, facts({ sale: { secondAboveMinor: 400 } }))).toBe("needsTwo");
});

test("without a limit every refund asks, also of one unit", () => {
  expect(whyManager(1, facts({ limits: { perRefundMinor: 0 } }))).toBe("noLimit");
});

test("500 of one currency is no limit in another: 500 satang are not NT$500, nor the other way round", () => {
  expect(whyManager(500, facts({ limits: { currency: "THB" } }))).toBe("noLimit");
  expect(whyManager(500, facts({ sale: { currency: "THB" } }))).toBe("noLimit");
  expect(whyManager(50_000, facts({ limits: { currency: null, perRefundMinor: 50_000 } }))).toBe("noLimit");
  const baht = { limits: { currency: "THB", perRefundMinor: 50_000, daySumMinor: 120_000 } } as const;
  expect(whyManager(50_000, facts({ ...baht, sale: { currency: "THB" } }))).toBeNull();
  expect(whyManager(50_001, facts({ ...baht, sale: { currency: "THB" } }))).toBe("aboveLimit");
});

test("what a manager said no to, and money that is out of the ordinary, is never sent by the rule", () => {
  expect(whyManager(1, facts({ sale: { isDecidedBefore: true } }))).toBe("decidedBefore");
  expect(whyManager(1, facts({ sale: { isPlain: false } }))).toBe("unusual");
});
