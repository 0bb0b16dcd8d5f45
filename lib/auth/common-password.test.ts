import { expect, test } from "vitest";
import { isCommonPassword } from "./common-password.ts";

test.each([
  ["password1234", true],
  ["Password123!", true],
  ["qwertyuiop12", true],
  ["1q2w3e4r5t6y", true],
  ["iloveyou1234", true],
  ["passwordpassword", true],
  ["4321drowssap", true],
  ["cashier-mei-2026", true],
  ["小美小美小美小美小美小美", true],
  ["four rainy umbrellas", false],
  ["雨天收傘再開門請慢走謝謝", false],
  ["a9f3k2m5x8q1", false],
])("T4: the new password %j of cashier-mei, 小美: common: %s", async (password, isCommon) => {
  expect(await isCommonPassword(password, ["cashier-mei", "小美"])).toBe(isCommon);
});

test("the longest password is judged in moments, not minutes", async () => {
  const longest = "Tr0ub4dor&3 qwerty 1999 ".repeat(11).slice(0, 256);
  const began = performance.now();
  await isCommonPassword(longest, []);
  expect(performance.now() - began).toBeLessThan(10_000);
});
