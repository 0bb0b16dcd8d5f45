import { expect, test } from "vitest";
import { sessionLimits, sessionLongestMs } from "./session-limits.ts";
import { roles } from "./staff.ts";

test.each(roles)(
  "the screen of a %s is locked before the session is over, and that before the day is",
  (role) => {
    const { lockMs, idleMs, absoluteMs } = sessionLimits[role];
    expect(lockMs).toBeLessThanOrEqual(15 * 60_000);
    expect(lockMs).toBeLessThan(idleMs);
    expect(idleMs).toBeLessThan(absoluteMs);
    expect(absoluteMs).toBeLessThanOrEqual(sessionLongestMs);
  },
);

test("a session lasts half an hour unused at a till, a quarter of an hour elsewhere, and twelve hours at most", () => {
  expect(sessionLimits.cashier.idleMs).toBe(1_800_000);
  for (const role of ["manager", "owner", "auditor"] as const)
    expect(sessionLimits[role].idleMs).toBe(900_000);
  expect(sessionLongestMs).toBe(43_200_000);
});
