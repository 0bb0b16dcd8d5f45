import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { conclude, oneCheck, part } from "./part.mjs";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

test("the last line counts every part; skipped ones are named only when there are some", async () => {
  const good = await part("lint", async () => oneCheck(true, ""));
  expect(conclude([good])).toBe(0);
  expect(lines.at(-1)).toBe("1 passed, 0 failed");
  expect(conclude([good, { name: "unit", passed: 7, failed: 0, skipped: 2, said: "" }])).toBe(0);
  expect(lines.at(-1)).toBe("8 passed, 0 failed, 2 skipped");
});

test("a part that crashes has failed, and its words are repeated at the end", async () => {
  const crashed = await part("database tests", () => Promise.reject(new Error("no such tool")));
  expect(conclude([crashed])).toBe(1);
  expect(lines.slice(-2)).toEqual(["\n── database tests ──\nError: no such tool\n", "0 passed, 1 failed"]);
});

test("nothing at all is not a success", () => {
  expect(conclude([])).toBe(1);
});
