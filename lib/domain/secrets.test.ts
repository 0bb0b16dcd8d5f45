import { expect, test } from "vitest";
import { passwordFault, pinFault } from "./secrets.ts";

test.each([
  ["eleven char", "passwordShort"],
  ["twelve chars", null],
  ["雨天收傘再開門請慢走謝", "passwordShort"],
  ["雨天收傘再開門請慢走謝謝", null],
  ["x".repeat(257), "tooLong"],
  ["my-siam-cashier-1", "passwordIsName"],
  ["aaaaaaaaaaaa", "passwordPlain"],
  ["abababababab", "passwordPlain"],
  ["abcdefghijkl", "passwordPlain"],
  ["cba987654321", null],
])("a new password %j is refused for %s", (password, fault) => {
  expect(passwordFault(password, "siam-cashier")).toBe(fault);
});

test.each([
  ["12345", "pinDigits"],
  ["1234567", "pinDigits"],
  ["１２３４５６", "pinDigits"],
  ["12a456", "pinDigits"],
  ["000000", "pinPlain"],
  ["123456", "pinPlain"],
  ["987654", "pinPlain"],
  ["121212", "pinPlain"],
  ["123123", "pinPlain"],
  ["246810", null],
  ["135792", null],
])("a new PIN %j is refused for %s", (pin, fault) => {
  expect(pinFault(pin)).toBe(fault);
});
