import { expect, test } from "vitest";
import { isOwnOrigin } from "./own-origin.ts";

test.each([
  ["http://shop.test", "shop.test", true],
  ["http://localhost:3000", "localhost:3000", true],
  [null, "shop.test", false],
  ["null", "shop.test", false],
  ["http://evil.test", "shop.test", false],
  ["http://shop.test.evil.test", "shop.test", false],
  ["http://localhost:3001", "localhost:3000", false],
  ["http://shop.test", null, false],
])("T3: a write from %s to %s: %s", (origin, host, isOurs) => {
  expect(isOwnOrigin(origin, host)).toBe(isOurs);
});
