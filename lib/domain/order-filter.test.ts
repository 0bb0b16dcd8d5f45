import { describe, expect, test } from "vitest";
import { type FilterChoices, isFiltered, readOrderFilter } from "./order-filter.ts";
import { listQuery, orderQuery } from "./order-query.ts";

const taipei = {
  stores: [{ code: "00001", currency: "TWD" as const }],
  accounts: [{ slug: "xinyi" }],
};
const both = {
  stores: [...taipei.stores, { code: "00002", currency: "THB" as const }],
  accounts: [...taipei.accounts, { slug: "siam" }],
};
const read = (params: Record<string, string | string[]>, choices: FilterChoices = taipei) =>
  readOrderFilter(params, choices);

describe("the order list's address", () => {
  test("scenario 9: 250 between 14:00 and 14:20 is read as that amount and those times of day", () => {
    const { filter, faults } = read({ amount: "250", from: "14:00", to: "14:20" });
    expect(faults).toEqual({});
    expect(filter).toMatchObject({
      amountMin: { TWD: 250 },
      amountMax: { TWD: 250 },
      from: "14:00",
      to: "14:20",
    });
  });

  test("an amount with an upper end is the lower end; an upper end alone has no lower one", () => {
    expect(read({ amount: "100", amountTo: "１，０００" }).filter).toMatchObject({
      amountMin: { TWD: 100 },
      amountMax: { TWD: 1000 },
    });
    expect(read({ amountTo: "1000" }).filter).toMatchObject({ amountMin: null, amountMax: { TWD: 1000 } });
  });

  test("with stores of two currencies an amount is read in each that can have it; a chosen store decides", () => {
    expect(read({ amount: "250" }, both).filter.amountMin).toEqual({ TWD: 250, THB: 25_000 });
    expect(read({ amount: "250.50" }, both).filter.amountMin).toEqual({ THB: 25_050 });
    expect(read({ amount: "250.50", store: "00001" }, both).faults).toEqual({ amount: "badAmount" });
  });

  test("each field that cannot be read keeps what was typed and has its fault; the others still count", () => {
    const bad = {
      no: "PO 1#",
      store: "00009",
      account: "siam",
      state: "gone",
      amount: "1e3",
      day: "2026-02-30",
      from: "25:00",
    };
    const { filter, faults, typed } = read({ ...bad, to: "14:20" });
    expect(faults).toEqual({
      no: "badNumber",
      store: "notYours",
      account: "notYours",
      state: "badState",
      amount: "badAmount",
      day: "badDay",
      from: "badTime",
    });
    expect(typed).toMatchObject(bad);
    expect(filter).toMatchObject({ no: null, store: null, day: null, to: "14:20" });
  });

  test("a range that ends before it begins is named at its end; one that ends where it begins is good", () => {
    expect(read({ amount: "300", amountTo: "299" }).faults).toEqual({ amountTo: "upsideDown" });
    expect(read({ amount: "300", amountTo: "300" }).faults).toEqual({});
    expect(read({ day: "2026-03-02", dayTo: "2026-03-01" }).faults).toEqual({ dayTo: "upsideDown" });
    expect(read({ from: "14:20", to: "14:19" }).faults).toEqual({ to: "upsideDown" });
    expect(read({ from: "14:20", to: "14:19", day: "2026-03-01", dayTo: "2026-03-02" }).faults).toEqual({});
  });

  test("a number with spaces and full-width letters is read as the till wrote it; a repeated field counts once", () => {
    expect(read({ no: " ＰＯ１８０１" }).filter.no).toBe("PO1801");
    expect(read({ no: ["PO1", "PO2"] }).filter.no).toBe("PO1");
  });

  test("the place of a page survives the address to the microsecond, and a made-up one is the first page", () => {
    const at = { at: "2026-03-02T06:00:00.000001Z", id: "0b6f8d8e-0000-4000-8000-000000000001" };
    const query = Object.fromEntries(new URLSearchParams(orderQuery({ no: "PO" }, { before: at })));
    expect(read(query)).toMatchObject({ before: at, after: null, filter: { no: "PO" } });
    expect(read({ before: "2026-03-02~1" }).before).toBeNull();
  });

  test("a list somebody came from keeps its fields and nothing else", () => {
    expect(listQuery("day=2026-03-02&amount=250&next=//evil.example&before=x")).toBe(
      "amount=250&day=2026-03-02",
    );
    expect(listQuery(undefined)).toBe("");
    expect(isFiltered(read({}).typed)).toBe(false);
  });
});
