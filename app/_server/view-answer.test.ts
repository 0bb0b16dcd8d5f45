import { expect, test } from "vitest";
import { viewAfter } from "./view-answer.ts";

const fields = { list: "state=paid", name: "Paid today" };

test("a filter that was kept leads back to its list, one whose name was refused with the name", () => {
  const kept = viewAfter(fields, "saved", { ok: true });
  expect(kept).toMatch(/^\/orders\?/);
  expect(kept).not.toContain("Paid");
  const refused = viewAfter(fields, "saved", { ok: false, refusal: { why: "badInput" } });
  expect(refused).toMatch(/^\/orders\?/);
  expect(refused).toContain("Paid");
});

test("whoever is signed in no more is led to signing in, and from there back to the list with what was typed", () => {
  const led = viewAfter(fields, "saved", { ok: false, refusal: { why: "signedOut" } });
  expect(led).toMatch(/^\/signin\?/);
  expect(decodeURIComponent(led)).toContain("/orders?");
  expect(decodeURIComponent(decodeURIComponent(led))).toContain("Paid");
});
