import { expect, test } from "vitest";
import { areTwo, deputyDatesFault, whyNotTheirs } from "./deputy.ts";

const fault = (fromOn: string, untilOn: string) =>
  deputyDatesFault({ fromOn, untilOn, todayOn: "2026-11-26" });

test("a deputy may begin today and no day earlier", () => {
  expect(fault("2026-11-26", "2026-11-26")).toBeNull();
  expect(fault("2026-11-25", "2026-11-27")).toEqual({ field: "fromOn", why: "datePast" });
});

test("a deputy ends on the day of the beginning at the earliest, and after sixty days at the latest", () => {
  expect(fault("2026-11-27", "2026-11-26")).toEqual({ field: "untilOn", why: "endsBefore" });
  expect(fault("2026-11-26", "2027-01-24")).toBeNull();
  expect(fault("2026-11-26", "2027-01-25")).toEqual({ field: "untilOn", why: "tooLongAway" });
});

test("scenario 35: neither one's own request nor one of the person one stands in for is anybody's to decide", () => {
  expect(whyNotTheirs({ person: "mei", forPerson: null }, "lin")).toBeNull();
  expect(whyNotTheirs({ person: "mei", forPerson: "wang" }, "lin")).toBeNull();
  expect(whyNotTheirs({ person: "mei", forPerson: "wang" }, "mei")).toBe("ownRequest");
  expect(whyNotTheirs({ person: "mei", forPerson: "wang" }, "wang")).toBe("deputyOfAsker");
});

test("two approvals are two people only where nobody stands behind both", () => {
  const hat = (person: string, forPerson: string | null = null) => ({ person, forPerson });
  expect(areTwo(hat("mei"), hat("lin"))).toBe(true);
  expect(areTwo(hat("mei", "wang"), hat("lin"))).toBe(true);
  expect(areTwo(hat("mei"), hat("mei"))).toBe(false);
  expect(areTwo(hat("wang"), hat("mei", "wang"))).toBe(false);
  expect(areTwo(hat("mei", "wang"), hat("wang"))).toBe(false);
  expect(areTwo(hat("mei", "wang"), hat("lin", "wang"))).toBe(false);
});
