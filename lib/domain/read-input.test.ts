import { expect, test } from "vitest";
import { z } from "zod";
import { readInput } from "./read-input.ts";

const schema = z.object({
  username: z
    .string()
    .min(1, "required")
    .regex(/^[a-z]+$/, "usernameCharacters"),
  name: z.string().min(1, "required"),
});
const name = "May";

test("of several things that are wrong with a field its person reads the first: an empty one is to be filled in", () => {
  expect(readInput(schema, { username: "", name })).toEqual({ ok: false, fields: { username: "required" } });
  expect(readInput(schema, { username: "Ä", name })).toEqual({
    ok: false,
    fields: { username: "usernameCharacters" },
  });
  expect(readInput(schema, { username: "mei", name })).toEqual({
    ok: true,
    value: { username: "mei", name },
  });
});

test("what is wrong is told in the order of the form's fields", () => {
  const read = readInput(schema, { name: "", username: "" });
  expect(Object.keys(read.ok ? {} : read.fields)).toEqual(["username", "name"]);
});
