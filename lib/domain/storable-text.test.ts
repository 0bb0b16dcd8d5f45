import { expect, test } from "vitest";
import { readAuditFilter } from "./audit-filter.ts";
import { signInForm } from "./forms.ts";
import { isoDay } from "./iso-day.ts";
import { readOrderFilter } from "./order-filter.ts";
import { isStorable, isStorableInput } from "./storable-text.ts";

test("every letter people write is kept, a NUL and half a letter are not, wherever they stand", () => {
  for (const text of ["", "信義店", "ร้านสยาม", "👍", "a\tb\nc", "\u0001"])
    expect(isStorable(text)).toBe(true);
  for (const text of ["\u0000", "a\u0000b", "\ud83d", "\udc4d x"]) expect(isStorable(text)).toBe(false);
  expect(isStorableInput({ a: [{ b: "信" }], c: null, d: 1 })).toBe(true);
  expect(isStorableInput({ a: [{ b: "\u0000" }] })).toBe(false);
  expect(isStorableInput({ "\u0000": 1 })).toBe(false);
  expect(isStorableInput([undefined, null, "\ud83d"])).toBe(false);
});

test("an input that contains itself, or one thing a million times, is looked through once", () => {
  const round: Record<string, unknown> = { name: "信義店" };
  round.self = [round];
  expect(isStorableInput(round)).toBe(true);
  let doubled: unknown = ["a"];
  for (let times = 0; times < 60; times += 1) doubled = [doubled, doubled];
  expect(isStorableInput(doubled)).toBe(true);
  round.last = "\u0000";
  expect(isStorableInput(round)).toBe(false);
});

test("an address that asks for what the books cannot be asked for asks for nothing: no page of ours falls over it", () => {
  expect(readAuditFilter({ who: "a\u0000", order: "\ud800", day: "0000-01-01" })).toMatchObject({
    ...{ who: null, order: null, day: null },
  });
  const cursor = (at: string) => `${at}~0b6f8d8e-0000-4000-8000-000000000001`;
  const read = (params: Record<string, string>) => readOrderFilter(params, { stores: [], accounts: [] });
  for (const at of [
    "9999-99-99T99:99:99.999999Z",
    "2026-02-30T00:00:00.000000Z",
    "0000-01-01T00:00:00.000000Z",
  ])
    expect(read({ before: cursor(at), after: cursor(at) })).toMatchObject({ before: null, after: null });
  expect(read({ before: cursor("2026-02-28T23:59:59.999999Z") }).before).not.toBeNull();
  expect(read({ day: "0000-01-01" })).toMatchObject({ filter: { day: null }, faults: { day: "badDay" } });
  expect(isoDay.safeParse("0001-01-01").success).toBe(true);
});

test("a name with a NUL is nobody's at sign-in, like any other that is wrong", () => {
  expect(signInForm.parse({ username: "cashier\u0000", password: "x" })).toEqual({
    username: "",
    password: "x",
  });
});
