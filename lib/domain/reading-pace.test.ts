import { expect, test } from "vitest";
import { askedInMs, readingIntervalMs } from "./reading-pace.ts";

const gapMs = 2_100;

test("the more orders are watched, the longer between two answers about one of them (money.md 3.4)", () => {
  const seconds = [1, 5, 10, 20, 50, 100].map((n) => Math.round(readingIntervalMs(n, gapMs) / 100) / 10);
  expect(seconds).toEqual([3.1, 15.6, 31.3, 62.5, 156.3, 312.5]);
  expect(readingIntervalMs(0, gapMs)).toBe(readingIntervalMs(1, gapMs));
});

test("with a list the number of watched orders no longer matters, until as many have questions of their own", () => {
  const listed = [5, 20, 200].map((n) => readingIntervalMs(n, gapMs, n));
  expect(listed).toEqual([12_500, 12_500, 12_500]);
  expect(readingIntervalMs(5, gapMs, 5)).toBeLessThan(readingIntervalMs(5, gapMs));
  expect(readingIntervalMs(203, gapMs, 200)).toBe(12_500);
  expect(readingIntervalMs(204, gapMs, 200)).toBe(5 * 3_125);
  expect(readingIntervalMs(3, gapMs, 5)).toBe(12_500);
});

test("a question with nobody before it is asked when the lane is free; each one before it takes its turn", () => {
  expect(askedInMs({ freeInMs: 700, ahead: 0, gapMs })).toBe(700);
  expect(askedInMs({ freeInMs: 700, ahead: 4, gapMs })).toBe(700 + 4 * 3_125);
});
