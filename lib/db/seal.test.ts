import { expect, test } from "vitest";
import { ownRing } from "./keys/master-key.ts";
import { openFactor, openSecrets, sealFactor, sealSecrets } from "./seal.ts";

const secrets = { tradeKey: "a".repeat(64), refundKey: "b".repeat(64) };

test("an account's keys open again, and nothing of them stands in the sealed bytes", () => {
  const sealed = sealSecrets(ownRing().main, "xinyi", secrets);
  expect(openSecrets("xinyi", sealed)).toEqual(secrets);
  expect(sealed.toString("latin1")).not.toContain("aaaa");
});

test("T15: keys moved to another account's row, or changed in one bit, do not open", () => {
  const sealed = sealSecrets(ownRing().main, "xinyi", secrets);
  expect(() => openSecrets("siam", sealed)).toThrow(/STOREDESK_MASTER_KEY/);
  const bent = Buffer.from(sealed);
  bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
  expect(() => openSecrets("xinyi", bent)).toThrow(/do not open/);
});

test("T15: the seed of one person's second factor opens for nobody else, and not as an account's keys", () => {
  const factor = { seed: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", codes: ["ABCDE23456"] };
  const sealed = sealFactor(ownRing().main, "person-1", factor);
  expect(openFactor("person-1", sealed)).toEqual(factor);
  expect(sealed.toString("latin1")).not.toContain("GEZD");
  expect(() => openFactor("person-2", sealed)).toThrow(/STOREDESK_MASTER_KEY/);
  expect(() => openSecrets("person-1", sealed)).toThrow(/STOREDESK_MASTER_KEY/);
});
