import { describe, expect, test } from "vitest";
import { businessDay, lastClosedDay, quietHourUntil } from "./business-day.ts";
import { firstEpoch, nextEpoch } from "./epoch.ts";
import { type FindingFacts, findingsByState, findingsBySum } from "./findings.ts";
import { incidentLevel } from "./incident.ts";
import { sumRows } from "./list-rows.ts";
import { compareDay, isClean } from "./proof.ts";
import { type BooksHead, judgeHead, maySwitchOn } from "./restore.ts";

describe("scenario 53: are these the books their outside copy knows", () => {
  const books: BooksHead = {
    epoch: "B",
    pastEpochs: "A",
    seq: 100,
    hashAtCopy: "h",
    hasCopies: true,
    isKeptElsewhere: false,
  };
  const copy = { id: "1", epoch: "B", seq: 100, hash: "h" };

  test("as far as the copy or further: whole; one line short: behind; another line there: forked", () => {
    expect(judgeHead(books, copy)).toBe("whole");
    expect(judgeHead({ ...books, seq: 101 }, copy)).toBe("whole");
    expect(judgeHead({ ...books, seq: 99, hashAtCopy: null }, copy)).toBe("behind");
    expect(judgeHead({ ...books, hashAtCopy: "x" }, copy)).toBe("forked");
  });

  test("books from before a restore that the copy has seen are behind, also with more lines", () => {
    expect(judgeHead({ ...books, epoch: "A", pastEpochs: "", seq: 900 }, copy)).toBe("behind");
    expect(judgeHead({ ...books, epoch: null, pastEpochs: "" }, copy)).toBe("behind");
  });

  test("a copy from before a restore these books went through raises no second alarm", () => {
    expect(judgeHead(books, { ...copy, epoch: "A", seq: 900 })).toBe("whole");
  });

  test("without a copy: new books, or another process at work, are believed; a copy that is gone is not", () => {
    expect(judgeHead({ ...books, hasCopies: false }, null)).toBe("new");
    expect(judgeHead({ ...books, isKeptElsewhere: true }, null)).toBe("new");
    expect(judgeHead(books, null)).toBe("lostCopy");
  });

  test("every restore gets a letter nobody used, within the environment's own", () => {
    expect(firstEpoch("production")).toBe("A");
    expect(nextEpoch("production", ["A", "C"])).toBe("D");
    expect(nextEpoch("sandbox", ["V", "A"])).toBe("W");
    expect(nextEpoch("sandbox", ["Z", "W"])).toBe("V");
    expect(() => nextEpoch("sandbox", [..."VWXYZ"])).toThrow(/every epoch letter/);
  });

  test("two different people switch it on, one an owner, and not before everything was looked for", () => {
    const owner = { personId: "o", isOwner: true };
    const manager = { personId: "m", isOwner: false };
    const off = { isOff: true, isReconciled: true, first: null };
    expect(maySwitchOn({ ...off, isOff: false }, owner)).toEqual({ ok: false, why: "notOff" });
    expect(maySwitchOn({ ...off, isReconciled: false }, owner)).toEqual({ ok: false, why: "notReconciled" });
    expect(maySwitchOn(off, manager)).toEqual({ ok: true, step: "first" });
    expect(maySwitchOn({ ...off, first: owner }, owner)).toEqual({ ok: false, why: "samePerson" });
    expect(maySwitchOn({ ...off, first: manager }, { personId: "n", isOwner: false })).toEqual({
      ok: false,
      why: "ownerNeeded",
    });
    expect(maySwitchOn({ ...off, first: manager }, owner)).toEqual({ ok: true, step: "on" });
  });
});

describe("what a reading shows that the books cannot explain", () => {
  const facts: FindingFacts = {
    gatewayState: "refunded",
    paidMinor: 1000,
    returnedMinor: 0,
    isCancelled: false,
    canPartial: false,
    ops: [],
  };
  const op = { id: "1", kind: "REFUND" as const, amountMinor: 1000, lastSentAt: new Date() };

  test("refunded without us: the whole amount, or, where parts are possible, what a list will tell", () => {
    expect(findingsByState(facts)).toEqual([{ kind: "refundedElsewhere", amountMinor: 1000 }]);
    expect(findingsByState({ ...facts, canPartial: true })).toEqual([
      { kind: "refundedElsewhere", amountMinor: null },
    ]);
    expect(findingsByState({ ...facts, returnedMinor: 1000 })).toEqual([]);
  });

  test("an operation that may have left explains it, one that never left does not, nor does a cancel", () => {
    for (const state of ["SENDING", "UNKNOWN", "PENDING", "NEEDS_PERSON"] as const)
      expect(findingsByState({ ...facts, ops: [{ ...op, state }] })).toEqual([]);
    expect(findingsByState({ ...facts, ops: [{ ...op, state: "READY" }] })).toHaveLength(1);
    const cancel = { ...op, kind: "CANCEL" as const, amountMinor: 0, state: "SUCCEEDED" as const };
    expect(findingsByState({ ...facts, ops: [cancel] })).toEqual([]);
  });

  test("what was called failed and had left is a late effect; what never left cannot be", () => {
    const failed = { ...op, state: "FAILED" as const };
    expect(findingsByState({ ...facts, ops: [failed] })).toEqual([{ kind: "lateEffect", opId: "1" }]);
    expect(findingsByState({ ...facts, ops: [{ ...failed, lastSentAt: null }] })[0]?.kind).toBe(
      "refundedElsewhere",
    );
  });

  test("a list's surplus is what went back elsewhere; what we know of is none", () => {
    const partly = { ...facts, returnedMinor: 300, canPartial: true };
    expect(findingsBySum(partly, 300)).toEqual([]);
    expect(findingsBySum(partly, 299)).toEqual([]);
    expect(findingsBySum(partly, 301)).toEqual([{ kind: "refundedElsewhere", amountMinor: 1 }]);
  });
});

test("a list is summed by order, and a refund that has not succeeded makes its order unclear", () => {
  const row = { orderNo: "A", isSuccess: true };
  const listed = sumRows([
    { ...row, amountMinor: 1000, isRefund: false },
    { ...row, amountMinor: -400, isRefund: true },
    { ...row, amountMinor: -300, isRefund: true },
    { ...row, orderNo: "B", amountMinor: -50, isRefund: true, isSuccess: false },
  ]);
  expect(listed.get("A")).toEqual({ paidMinor: 1000, returnedMinor: 700, refundCount: 2, isClear: true });
  expect(listed.get("B")).toEqual({ paidMinor: 0, returnedMinor: 0, refundCount: 0, isClear: false });
});

describe("the daily proof's four lists", () => {
  const day = { from: new Date("2026-11-23T16:00:00Z"), to: new Date("2026-11-24T16:00:00Z") };
  const at = (iso: string) => new Date(`2026-11-${iso}Z`);
  const entry = (orderNo: string, amountMinor: number, when = "24T04:00:00") => ({
    ...{ orderNo, amountMinor },
    at: at(when),
  });

  test("the same on both sides is clean; each difference has its list", () => {
    expect(isClean(compareDay([entry("A", 5)], [entry("A", 5)], day))).toBe(true);
    const lists = compareDay(
      [entry("A", 5), entry("C", 7)],
      [entry("B", 6), entry("C", 8), entry("D", 1), entry("D", 1)],
      day,
    );
    expect(lists).toEqual({
      oursOnly: [{ orderNo: "A", amountMinor: 5 }],
      theirsOnly: [
        { orderNo: "B", amountMinor: 6 },
        { orderNo: "D", amountMinor: 2 },
      ],
      amountDiffers: [{ orderNo: "C", ourMinor: 7, theirMinor: 8 }],
      moreThanOne: [{ orderNo: "D", ourCount: 0, theirCount: 2 }],
    });
  });

  test("the last millisecond of the day counts, the next belongs to the other day, and a pair across the border is one", () => {
    expect(compareDay([entry("A", 5, "24T15:59:59.999")], [], day).oursOnly).toHaveLength(1);
    expect(compareDay([entry("A", 5, "24T16:00:00")], [], day).oursOnly).toHaveLength(0);
    const across = compareDay([entry("A", 5, "24T15:59:59")], [entry("A", 5, "24T16:00:02")], day);
    expect(isClean(across)).toBe(true);
  });

  test("two parts of ours are two of theirs", () => {
    const both = [entry("A", 5), entry("A", 6)];
    expect(isClean(compareDay(both, both, day))).toBe(true);
  });
});

describe("scenario 51: a store's day", () => {
  const taipei = { timeZone: "Asia/Taipei", dayCutAt: "02:00" };

  test("half past midnight belongs to the day before where the cut is at two, in both stores' own zones", () => {
    const { from, to } = businessDay("2026-11-24", taipei);
    expect([from.toISOString(), to.toISOString()]).toEqual([
      "2026-11-23T18:00:00.000Z",
      "2026-11-24T18:00:00.000Z",
    ]);
    const bangkok = businessDay("2026-11-24", { timeZone: "Asia/Bangkok", dayCutAt: "02:00" });
    expect(bangkok.from.toISOString()).toBe("2026-11-23T19:00:00.000Z");
  });

  test("the last closed day changes at the cut", () => {
    expect(lastClosedDay(new Date("2026-11-24T17:59:59Z"), taipei).day).toBe("2026-11-23");
    expect(lastClosedDay(new Date("2026-11-24T18:00:00Z"), taipei).day).toBe("2026-11-24");
  });

  test("scenario 31: a quiet hour ends on the store's clock, also past midnight", () => {
    const night = { quietFrom: "23:00", quietTo: "04:00" };
    const until = (iso: string, hours = night) =>
      quietHourUntil(new Date(iso), "Asia/Taipei", hours)?.toISOString();
    expect(until("2026-11-24T14:59:59Z")).toBeUndefined();
    expect(until("2026-11-24T15:00:00Z")).toBe("2026-11-24T20:00:00.000Z");
    expect(until("2026-11-24T19:59:59Z")).toBe("2026-11-24T20:00:00.000Z");
    expect(until("2026-11-24T20:00:00Z")).toBeUndefined();
    expect(quietHourUntil(new Date(), "Asia/Taipei", { quietFrom: null, quietTo: null })).toBeNull();
  });
});

test("an unknown outcome is told to the manager after five minutes, to the owner after an hour, and is red after a day", () => {
  const minute = 60_000;
  const level = (ageMs: number) => incidentLevel("unknownOutcome", ageMs);
  expect(level(5 * minute - 1)).toEqual({ told: "nobody", isRed: false });
  expect(level(5 * minute)).toEqual({ told: "storeManager", isRed: false });
  expect(level(60 * minute)).toEqual({ told: "owner", isRed: false });
  expect(level(24 * 60 * minute - 1).isRed).toBe(false);
  expect(level(24 * 60 * minute).isRed).toBe(true);
});
