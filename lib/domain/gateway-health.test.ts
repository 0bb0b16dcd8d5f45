import { expect, test } from "vitest";
import { gatewayHealth } from "./gateway-health.ts";

const now = new Date("2026-03-02T06:00:00Z");
const healthOf = (troubleCount: number, restMs = 0, lastAnswerAt: Date | null = now) =>
  gatewayHealth({ troubleCount, breakerUntil: new Date(now.getTime() + restMs), lastAnswerAt }, now);

test("a gateway answers, is slow from its first trouble and silent from the third in a row", () => {
  expect([0, 1, 2, 3].map((count) => healthOf(count))).toEqual(["ok", "slow", "slow", "down"]);
  expect(healthOf(0, 0, null)).toBe("unasked");
});

test("while it is left alone that is what staff read, to the last moment of it", () => {
  expect(healthOf(3, 1)).toBe("quiet");
  expect(healthOf(3, 0)).toBe("down");
});
