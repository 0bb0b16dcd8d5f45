import { describe, expect, test } from "vitest";
import { limits } from "./limits.ts";
import { keptView, openView, readViewSaid, renameViewForm, saveViewForm } from "./saved-view.ts";

const choices = {
  stores: [{ code: "xinyi", currency: "TWD" as const }],
  accounts: [{ slug: "xinyi" }],
  ...{ today: "2026-11-26", yesterday: "2026-11-25" },
};
const kept = (list: string) => {
  const answer = keptView(list, choices);
  return answer.ok ? answer.value : answer.refusal.why;
};

describe("what a cashier keeps of a list", () => {
  test("is its filter and nothing else: the page she was on and whatever else stood in the address are left behind", () => {
    expect(kept("state=paid&amount=1,000&before=2026-11-26T00:00:00.000000Z~x&view=saved&q=1")).toBe(
      "state=paid&amount=1%2C000",
    );
  });

  test("today and yesterday are kept as such, and are other days tomorrow; any other day stays", () => {
    expect(kept("day=2026-11-25&dayTo=2026-11-26")).toBe("day=yesterday&dayTo=today");
    expect(kept("day=2026-11-24")).toBe("day=2026-11-24");
    const tomorrow = { ...choices, today: "2026-11-27", yesterday: "2026-11-26" };
    expect(openView("day=yesterday&dayTo=today&state=paid", tomorrow)).toMatchObject({
      ...{ list: "state=paid&day=2026-11-26&dayTo=2026-11-27", unfit: [] },
      kept: { day: "yesterday", dayTo: "today", state: "paid" },
    });
    expect(openView("day=2026-11-24", tomorrow)).toMatchObject({ list: "day=2026-11-24", unfit: [] });
  });

  test("a list that is not narrowed, one with a field that cannot be read, and one too long are refused", () => {
    expect(kept("")).toBe("nothingNarrowed");
    expect(kept("before=x&day=")).toBe("nothingNarrowed");
    expect(kept("amount=1e3")).toBe("unreadable");
    expect(kept("store=siam")).toBe("unreadable");
    // An amount as a Chinese keyboard types it takes nine letters of an address for one digit.
    const amounts = (zeros: number) =>
      ["amount", "amountTo"]
        .map((name) => `${name}=${encodeURIComponent(`${"０".repeat(zeros)}１`)}`)
        .join("&");
    expect(kept(amounts(30))).toBe(amounts(30));
    expect(kept(amounts(40))).toBe("tooLong");
  });

  test("somebody without a store has no today that an empty day could be", () => {
    const nowhere = { stores: [], accounts: [], today: "", yesterday: "" };
    expect(keptView("state=paid", nowhere)).toEqual({ ok: true, value: "state=paid" });
  });
});

describe("an old view, read anew", () => {
  test("names the fields that nothing of hers fits any more, and keeps what was typed so that it can be mended", () => {
    const gone = { ...choices, accounts: [], stores: [] };
    expect(openView("account=xinyi&store=xinyi&state=paid", gone)).toMatchObject({
      ...{ unfit: ["store", "account"], list: "store=xinyi&account=xinyi&state=paid" },
    });
    expect(openView("account=xinyi&store=xinyi&state=paid", choices).unfit).toEqual([]);
  });

  test.each([
    "",
    "%%%",
    "state=stolen",
    "day=tomorrow",
    "no=<script>",
    "x".repeat(600),
    "day=today&day=today",
  ])("whatever stands in the books, nothing is thrown and nothing is believed: %s", (query) => {
    const { list, unfit } = openView(query, choices);
    expect(openView(list, choices)).toMatchObject({ list, unfit });
  });
});

describe("a view's name", () => {
  const read = (name: unknown) => saveViewForm.safeParse({ name, list: "" });
  const id = "0c7b9c5e-5a34-4d0c-9d3a-1f6e0a0b7a11";

  test("is one line of at most 40 letters, without blanks around it", () => {
    expect(read("  今天\n未付款 ").data?.name).toBe("今天 未付款");
    expect(read("x".repeat(limits.viewNameLengthMax)).success).toBe(true);
    expect(read("x".repeat(limits.viewNameLengthMax + 1)).error?.issues[0]?.message).toBe("tooLong");
    expect(read(" \t ").error?.issues[0]?.message).toBe("required");
    expect(read(undefined).error?.issues[0]?.message).toBe("required");
  });

  test("an id that is none is a view that is gone", () => {
    expect(renameViewForm.safeParse({ id: "1", name: "a" }).error?.issues[0]?.message).toBe("gone");
    expect(renameViewForm.safeParse({ id, name: "a" }).success).toBe(true);
  });
});

test("the address says of a view what we say and nothing of its own", () => {
  expect(readViewSaid({ view: "nameTaken", named: " late " })).toEqual({ said: "nameTaken", named: "late" });
  expect(readViewSaid({ view: "hacked", named: ["a", "b"] })).toEqual({ said: null, named: "" });
  expect(readViewSaid({})).toEqual({ said: null, named: "" });
});
