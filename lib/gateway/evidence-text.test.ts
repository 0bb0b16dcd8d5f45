import { expect, test } from "vitest";
import { evidenceBytesMax, evidenceMessage, evidenceText } from "./evidence-text.ts";

test("T20: evidence holds no key, in whatever case it came back", () => {
  const key = "ab12".repeat(16);
  expect(evidenceText(`{"a":"${key}","b":"${key.toUpperCase()}"}`, [key])).toBe(
    '{"a":"[removed]","b":"[removed]"}',
  );
  expect(evidenceText("1.5 and 1x5", ["1.5"])).toBe("[removed] and 1x5");
});

test("evidence is cut to its bytes without splitting a character, and the database can store it", () => {
  const cut = evidenceText(`a${"退".repeat(40_000)}`, []);
  expect(Buffer.byteLength(cut)).toBe(evidenceBytesMax);
  expect(cut.endsWith("退")).toBe(true);
  expect(evidenceText("a\u0000b\ud800c", [])).toBe("a\ufffdb\ufffdc");
});

test("a message is short, storable, or absent", () => {
  expect(evidenceMessage("  ")).toBeNull();
  expect(evidenceMessage(null)).toBeNull();
  expect(evidenceMessage(` 執行成功\u0000`)).toBe("執行成功\ufffd");
  expect(evidenceMessage("💰".repeat(300))?.length).toBe(500);
});
