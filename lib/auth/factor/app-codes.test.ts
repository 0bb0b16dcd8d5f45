import { expect, test } from "vitest";
import { newSeed, seedUri, stepOf } from "./app-codes.ts";

/** RFC 6238, appendix B: the secret of its test table, and the last six digits of its SHA-1 codes. */
const seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test.each([
  [59, "287082", 1],
  [1_111_111_109, "081804", 37_037_036],
  [1_234_567_890, "005924", 41_152_263],
  [20_000_000_000, "353130", 666_666_666],
])("the code of RFC 6238 at second %d is %s", (second, digits, step) => {
  expect(stepOf(seed, digits, second * 1_000)).toBe(step);
});

test("a clock may be thirty seconds off either way, and no second more", () => {
  const digits = "005924";
  const stepBegins = 41_152_263 * 30_000;
  expect(stepOf(seed, digits, stepBegins - 30_000)).toBe(41_152_263);
  expect(stepOf(seed, digits, stepBegins - 30_001)).toBe(null);
  expect(stepOf(seed, digits, stepBegins + 59_999)).toBe(41_152_263);
  expect(stepOf(seed, digits, stepBegins + 60_000)).toBe(null);
});

test("a seed has 160 bits, is never the same, and an app reads the account's name with it", () => {
  const fresh = newSeed();
  expect(fresh).toMatch(/^[A-Z2-7]{32}$/);
  expect(newSeed()).not.toBe(fresh);
  expect(seedUri(fresh, "mei")).toBe(
    `otpauth://totp/Storedesk:mei?issuer=Storedesk&secret=${fresh}&algorithm=SHA1&digits=6&period=30`,
  );
});
