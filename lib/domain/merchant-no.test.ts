import { expect, test } from "vitest";
import { merchantNo } from "./merchant-no.ts";

test("every operation has its own number of sixteen letters and digits, another after a restore", () => {
  const numbers = new Set(Array.from({ length: 5_000 }, (_, i) => merchantNo("A", i)));
  expect(numbers.size).toBe(5_000);
  for (const number of numbers) expect(number).toMatch(/^RA[0-9A-Z]{14}$/);
  expect(merchantNo("B", 1)).not.toBe(merchantNo("A", 1));
  expect(merchantNo("A", Number.MAX_SAFE_INTEGER)).toHaveLength(16);
});
