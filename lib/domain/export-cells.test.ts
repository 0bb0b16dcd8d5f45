import { describe, expect, test } from "vitest";
import { numberCell, timeCell, zoneCell } from "./export-cells.ts";
import { cleanScan } from "./order-no.ts";

describe("a cell that a spreadsheet leaves alone", () => {
  test.each(["00123", "180101001", "123456789012345678", "1E5", "3-4", "MAR1", "dec-20", "TRUE"])(
    "scenario 52: %s would be read as something else, so a tab stands behind it",
    (no) => {
      expect(numberCell(no)).toBe(`${no}\t`);
    },
  );

  test.each(["PO180101001", "TH00123", "TRUE-1", "A-1", "Q000001", ""])(
    "%s is left as it is: no spreadsheet reads anything else",
    (no) => {
      expect(numberCell(no)).toBe(no);
    },
  );

  test("a number copied out of a spreadsheet into the search box is the number", () => {
    expect(cleanScan(numberCell("00123"))).toBe("00123");
  });

  test("a time is the store's own, whole to the second, and sorts as text", () => {
    const at = "2026-03-02T16:59:59.999999Z";
    expect(timeCell(at, "Asia/Taipei")).toBe("2026-03-03 00:59:59");
    expect(timeCell(at, "Asia/Bangkok")).toBe("2026-03-02 23:59:59");
    expect(timeCell("2026-03-02T17:00:00Z", "Asia/Bangkok")).toBe("2026-03-03 00:00:00");
  });

  test("the zone is told by its name and its distance from UTC", () => {
    const at = "2026-03-02T06:00:00Z";
    expect(zoneCell(at, "Asia/Taipei")).toBe("Asia/Taipei (UTC+08:00)");
    expect(zoneCell(at, "Asia/Bangkok")).toBe("Asia/Bangkok (UTC+07:00)");
    expect(zoneCell(at, "UTC")).toBe("UTC (UTC+00:00)");
  });
});
