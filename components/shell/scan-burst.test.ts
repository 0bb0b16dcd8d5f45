import { expect, test } from "vitest";
import { type Heard, type Key, listenForScans } from "./scan-burst.ts";

const enter = { key: "Enter", code: "Enter", hasShift: false };
const codeOf = (c: string) => (/\d/.test(c) ? `Digit${c}` : c === "-" ? "Minus" : `Key${c.toUpperCase()}`);

/** Types a text with a gap between keys and ends it with Enter; tells what the last key meant. */
function type(text: string, gapMs: number, asKey = (c: string) => c): Heard {
  const { hear } = listenForScans();
  let atMs = 1_000;
  const press = (key: Omit<Key, "atMs">) => {
    atMs += gapMs;
    return hear({ ...key, atMs });
  };
  for (const c of text) {
    if (/[A-Z]/.test(c)) press({ key: "Shift", code: "ShiftLeft", hasShift: true });
    press({ key: asKey(c), code: codeOf(c), hasShift: /[A-Z]/.test(c) });
  }
  return press(enter);
}

test("a scanner's burst is heard as one number", () => {
  expect(type("PO180101001", 5)).toEqual({ what: "scan", text: "PO180101001" });
});

test("a person who types the same number and presses Enter is no scanner", () => {
  expect(type("PO180101001", 80)).toEqual({ what: "other" });
});

test("five fast keys are no scan, so that a quick PIN start never searches", () => {
  expect(type("24681", 5)).toEqual({ what: "other" });
});

test("scenario 5: with a Chinese or Thai input method on, the number is read from the keys' places, once", () => {
  expect(type("PO-18b1001", 5, () => "Process")).toEqual({ what: "scan", text: "PO-18b1001" });
  expect(type("180101001", 5, () => "ๅ")).toEqual({ what: "scan", text: "180101001" });
});

test("slow typing before a scan is not part of it", () => {
  const { hear } = listenForScans();
  hear({ key: "9", code: "Digit9", hasShift: false, atMs: 0 });
  const heard = [..."ABC123"].map((key, i) =>
    hear({ key, code: codeOf(key), hasShift: false, atMs: 500 + i * 5 }),
  );
  expect(heard[0]).toEqual({ what: "first" });
  expect(hear({ ...enter, atMs: 530 })).toEqual({ what: "scan", text: "ABC123" });
});

test("the slash that goes to the search box is no part of the number scanned right after it", () => {
  const { hear } = listenForScans();
  hear({ key: "/", code: "Slash", hasShift: false, atMs: 0 });
  [..."ABC123"].forEach((key, i) => {
    hear({ key, code: codeOf(key), hasShift: false, atMs: 5 + i * 5 });
  });
  expect(hear({ ...enter, atMs: 40 })).toEqual({ what: "scan", text: "ABC123" });
});

test("an Enter that comes late is a person's, not the scanner's", () => {
  const { hear } = listenForScans();
  [..."ABC123"].forEach((key, i) => {
    hear({ key, code: codeOf(key), hasShift: false, atMs: i * 5 });
  });
  expect(hear({ ...enter, atMs: 400 })).toEqual({ what: "other" });
});

test("a scan that began before the page listened is called cut, never searched under a shorter number", () => {
  const scanned = (sinceMs: number) => {
    const { hear } = listenForScans(sinceMs);
    const burst = [..."O180101001"].map((key, i) =>
      hear({ key, code: codeOf(key), hasShift: false, atMs: 1_000 + i * 5 }),
    );
    expect(burst[0]).toEqual({ what: "first" });
    const ended = hear({ ...enter, atMs: 1_050 });
    [..."PO180101001"].forEach((key, i) => {
      hear({ key, code: codeOf(key), hasShift: false, atMs: 3_000 + i * 5 });
    });
    return [ended, hear({ ...enter, atMs: 3_055 })];
  };
  const again = { what: "scan", text: "PO180101001" };
  expect(scanned(1)).toEqual([{ what: "cut", text: "O180101001" }, again]);
  expect(scanned(1_010)).toEqual([{ what: "cut", text: "O180101001" }, again]);
  expect(scanned(0)).toEqual([{ what: "scan", text: "O180101001" }, again]);
});
