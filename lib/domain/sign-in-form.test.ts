import { expect, test } from "vitest";
import { nextForm, signInForm } from "./forms.ts";
import { limits } from "./limits.ts";

test("whatever comes at sign-in is read as two texts, and none is longer than a name or a password may be", () => {
  expect(signInForm.parse({ username: "mei", password: "x", role: "owner" })).toEqual({
    username: "mei",
    password: "x",
  });
  expect(signInForm.parse({})).toEqual({ username: "", password: "" });
  expect(signInForm.parse({ username: ["mei"], password: {} })).toEqual({ username: "", password: "" });
  const long = "x".repeat(1_000);
  const read = signInForm.parse({ username: long, password: long });
  expect([read.username.length, read.password.length]).toEqual([
    limits.usernameLengthMax,
    limits.passwordLengthMax,
  ]);
});

test.each([
  ["/approvals?tab=done", "/approvals?tab=done"],
  ["//evil.example", "/"],
  ["https://evil.example/", "/"],
  [null, "/"],
])("signing in with the wish to go to %j leads to %j", (wish, path) => {
  expect(nextForm.parse({ next: wish })).toEqual({ next: path });
});
