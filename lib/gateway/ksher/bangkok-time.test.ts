import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBangkokText, toBangkokText } from "./bangkok-time.ts";

test("half past nine in Bangkok is half past two in the morning of UTC", () => {
  expect(toBangkokText(new Date("2026-01-15T02:30:00Z"))).toBe("20260115093000");
  expect(fromBangkokText("2026-01-15 09:30:00")).toEqual(new Date("2026-01-15T02:30:00Z"));
});

test("every second is fourteen digits and comes back as it went", () => {
  const seconds = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(seconds, (at) => {
      const digits = toBangkokText(at);
      expect(digits).toMatch(/^\d{14}$/);
      const text = digits.replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3 $4:$5:$6");
      expect(fromBangkokText(text)?.getTime()).toBe(Math.floor(at.getTime() / 1_000) * 1_000);
    }),
  );
});

test.each([
  "",
  "20260115093000",
  "2026-01-15",
  "2026-02-30 00:00:00",
  "2026-01-15 24:00:00",
  "2026-13-15 00:00:00",
  "2026-01-15T09:30:00",
  "2026-01-15 09:30:00Z",
])("%s is no moment", (text) => {
  expect(fromBangkokText(text)).toBeNull();
});
