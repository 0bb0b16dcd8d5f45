import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText } from "./cut-text.ts";

test.each([
  ["王小明", 8, "王小明"],
  ["歐陽菁菁經理代理人", 8, "歐陽菁菁經理代理"],
  ["น้องสมชาย", 8, "น้องสมชา"],
  ["e\u0301".repeat(5), 8, "e\u0301".repeat(4)],
  ["ab👨‍👩‍👧‍👦", 8, "ab"],
  ["👨‍👩‍👧‍👦", 8, ""],
  ["𠮷田太郎商店長", 8, "𠮷田太郎商店長"],
  ["  two\nlines\t ", 20, "two lines"],
  ["half\ud800pair", 20, "halfpair"],
  ["abcd efgh", 5, "abcd"],
])("%j cut to %i is %j", (text, lengthMax, wanted) => {
  expect(cutText(text, lengthMax)).toBe(wanted);
});

test("a cut text is a well-formed beginning that splits no grapheme, however it is counted", () => {
  const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
  const letters = fc.array(fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 1 }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(letters, fc.integer({ min: 1, max: 20 }), (parts, lengthMax) => {
      const text = parts.join("");
      const cut = cutText(text, lengthMax);
      expect(cut.length).toBeLessThanOrEqual(lengthMax);
      expect(cut.isWellFormed()).toBe(true);
      const whole = [...graphemes.segment(cutText(text, 10_000))].map(({ segment }) => segment);
      expect(whole.join("").startsWith(cut)).toBe(true);
      const kept = [...graphemes.segment(cut)].length;
      expect(whole.slice(0, kept).join("")).toBe(cut);
    }),
  );
});
