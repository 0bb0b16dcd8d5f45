import { expect, test } from "vitest";
import { parseOrderNo } from "./order-no.ts";

test.each([
  ['" PO180101001\\r\\n" from a scanner', " PO180101001\r\n"],
  ["full-width letters from an input method", "ＰＯ１８０１０１００１"],
  ["a zero-width space in the middle", "PO1801\u200b01001"],
  ["a byte order mark and a tab", "\ufeffPO180101001\t"],
])("scenarios 1 and 2: %s is the order PO180101001", (_, raw) => {
  expect(parseOrderNo(raw)).toEqual({ ok: true, value: "PO180101001" });
});

test("a hyphen made elsewhere is passed on, also when an input method made it wide", () => {
  expect(parseOrderNo("PO-20180715-001")).toEqual({ ok: true, value: "PO-20180715-001" });
  expect(parseOrderNo("PO－20180715－001")).toEqual({ ok: true, value: "PO-20180715-001" });
});

test("twenty characters pass a twenty-character account, twenty-one do not", () => {
  expect(parseOrderNo("A".repeat(20), 20).ok).toBe(true);
  expect(parseOrderNo("A".repeat(21), 20)).toEqual({ ok: false, refusal: "tooLong" });
});

test("nothing, and what a gateway cannot take, is refused with its reason", () => {
  expect(parseOrderNo(" \u200b ")).toEqual({ ok: false, refusal: "empty" });
  expect(parseOrderNo("訂單1")).toEqual({ ok: false, refusal: "badCharacters" });
  expect(parseOrderNo("A/../B")).toEqual({ ok: false, refusal: "badCharacters" });
  expect(parseOrderNo("A'B")).toEqual({ ok: false, refusal: "badCharacters" });
});
