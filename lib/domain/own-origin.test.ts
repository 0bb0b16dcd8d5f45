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
  expect(isOwnOrigin(origin, host, { isSecure: false })).toBe(isOurs);
});

test("T3: where the shop is reached over https, a page of the same name over http is not ours", () => {
  const isOurs = (origin: string) => isOwnOrigin(origin, "shop.test", { isSecure: true });
  expect(isOurs("https://shop.test")).toBe(true);
  expect(isOurs("http://shop.test")).toBe(false);
  expect(isOurs("https://shop.test.evil.test")).toBe(false);
});
