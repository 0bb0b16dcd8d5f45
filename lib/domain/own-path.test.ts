import fc from "fast-check";
import { expect, test } from "vitest";
import { ownPath } from "./own-path.ts";

test.each([
  ["/orders/xinyi/PO1/refund", "/orders/xinyi/PO1/refund"],
  ["/approvals?tab=decided", "/approvals?tab=decided"],
  ["/orders/../audit", "/audit"],
])("%j leads back to %j", (text, path) => expect(ownPath(text)).toBe(path));

test.each([
  null,
  "",
  "/",
  "orders",
  "https://evil.example/orders",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n//evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "/.//evil.example",
  "/signin?next=/orders",
  `/${"x".repeat(600)}`,
])("%j leads nowhere", (text) => expect(ownPath(text)).toBeNull());

test("whatever is written, a browser that follows it stays with us", () => {
  const nasty = fc.array(
    fc.constantFrom("/", "\\", "\t", "\n", "@", ":", "?", "#", "%2f", "..", ".", "evil.example", "http"),
  );
  fc.assert(
    fc.property(nasty, (parts) => {
      const path = ownPath(`/${parts.join("")}`);
      if (path !== null) expect(new URL(path, "https://store.example").origin).toBe("https://store.example");
    }),
    { numRuns: 2_000 },
  );
});
