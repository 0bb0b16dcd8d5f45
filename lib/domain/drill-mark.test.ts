import { expect, test } from "vitest";
import { isDrillPage } from "./drill-mark.ts";

const browser = (hasFrame: boolean, entries: readonly object[] = []) => ({
  document: { documentElement: { hasAttribute: (name: string) => hasFrame && name === "data-drill" } },
  performance: { getEntriesByType: () => entries },
});

test("T22: the last page of all knows a drill by the frame it replaces, or by how it came, and nothing else for one", () => {
  expect(isDrillPage(browser(true))).toBe(true);
  expect(isDrillPage(browser(false, [{ serverTiming: [{ name: "drill" }] }]))).toBe(true);
  expect(isDrillPage(browser(false, [{ serverTiming: [{ name: "cache" }] }, {}]))).toBe(false);
  expect(isDrillPage(browser(false))).toBe(false);
});
