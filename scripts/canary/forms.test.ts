import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { findSecrets, formsOf, type Place } from "./forms.ts";

const secret = { name: "trade password", value: "canary-trade-7Q?ü" };
const bytes = Buffer.from(secret.value);
const place = (content: string | Buffer): Place => ({ name: "log", content: Buffer.from(content) });
const found = (content: string | Buffer) => findSecrets([place(content)], [secret]);
const digest = createHash("sha256").update(bytes).digest("hex");

test.each([
  ["a log line", `{"msg":"sent ${secret.value}"}`],
  ["JSON that escapes", JSON.stringify({ note: secret.value })],
  ["an address", `/search?q=${encodeURIComponent(secret.value)}`],
  ["Base64", bytes.toString("base64")],
  ["Base64 of a longer text, shifted by one", Buffer.from(`x${secret.value}y`).toString("base64")],
  ["Base64 of a longer text, shifted by two", Buffer.from(`xx${secret.value}yy`).toString("base64url")],
  ["hex, as a database prints bytes", `\\x${Buffer.from(`a${secret.value}b`).toString("hex")}`],
  ["upper-case hex", bytes.toString("hex").toUpperCase()],
  ["raw bytes", Buffer.concat([Buffer.of(0, 255), bytes])],
  ["its SHA-256, which the gateway takes instead", `key=${digest}`],
  ["its SHA-256 in Base64", Buffer.from(digest, "hex").toString("base64")],
])("finds a secret in %s", (_, content) => {
  expect(found(content)).toEqual(["log: trade password"]);
});

test("a session id may stand hashed, and in no other form", () => {
  const id = { name: "session", value: secret.value, mayBeHashed: true };
  expect(findSecrets([place(digest)], [id])).toEqual([]);
  expect(findSecrets([place(bytes.toString("base64"))], [id])).toEqual(["log: session"]);
});

test("leaves alone what only looks like it", () => {
  expect(found("canary-trade-7Q")).toEqual([]);
  expect(found(digest.slice(1))).toEqual([]);
  expect(found("")).toEqual([]);
});

test("a PIN is found as a word of its own and not inside a longer number", () => {
  const pin = { name: "PIN", value: "975310" };
  const seen = (text: string) => findSecrets([place(text)], [pin]);
  expect(seen("PIN 975310.")).toEqual(["log: PIN"]);
  expect(seen("1975310")).toEqual([]);
  expect(seen("975310a")).toEqual([]);
});

test("bytes that are no text are looked for in Base64 and hex", () => {
  const key = { name: "master key", value: Buffer.from(digest, "hex") };
  expect(findSecrets([place(`"${digest}"`)], [key])).toEqual(["log: master key"]);
  expect(formsOf(key).every((form) => /^[\w+/-]+$/.test(form))).toBe(true);
});
