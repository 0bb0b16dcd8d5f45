import { expect, test } from "vitest";
import { readCode, showRecoveryCode } from "./second-factor.ts";

test.each(["123456", " 123 456 ", "123-456"])("%j is a code of the app", (text) => {
  expect(readCode(text)).toEqual({ kind: "app", digits: "123456" });
});

test("a recovery code is read as it was written down, in small letters and with blanks", () => {
  const code = "ABCDE23456";
  expect(showRecoveryCode(code)).toBe("ABCDE-23456");
  for (const text of ["ABCDE-23456", "abcde 23456", code])
    expect(readCode(text)).toEqual({ kind: "recovery", code });
});

test.each(["", "12345", "1234567", "ABCDE2345", "ABCDE234567", "ABCDE-2345O", "four rainy umbrellas"])(
  "%j is neither",
  (text) => {
    expect(readCode(text)).toBe(null);
  },
);
