import fc from "fast-check";
import { expect, test } from "vitest";
import { fromTaipeiText, toTaipeiText } from "./taipei-time.ts";

test("half past two in Taipei is half past six in the morning of UTC", () => {
  expect(toTaipeiText(new Date("2024-03-15T06:30:00Z"))).toBe("20240315143000");
  expect(fromTaipeiText("20240315143000")).toEqual(new Date("2024-03-15T06:30:00Z"));
});

test("every second comes back as it went", () => {
  const seconds = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(seconds, (at) => {
      expect(fromTaipeiText(toTaipeiText(at))?.getTime()).toBe(Math.floor(at.getTime() / 1_000) * 1_000);
    }),
  );
});

test.each([
  "",
  "2024",
  "20240230000000",
  "20240315240000",
  "20241315000000",
  "2024031514300",
  "２０２４0315143000",
])("%s is no moment", (text) => {
  expect(fromTaipeiText(text)).toBeNull();
});
