import fc from "fast-check";
import { anyCharacter } from "#test/any-character.ts";

/** What people, scanners, browsers and those who mean harm may send. */
const words = [
  ...[
    "",
    " ",
    "0",
    "1",
    "-1",
    "1.5",
    "1e309",
    "NaN",
    "100",
    "1,200",
    "１２",
    "١٢٣",
    "999999999999",
    "99999999999999999999",
  ],
  ...[
    "PO180101001",
    "Q000001",
    "C000001",
    "xinyi",
    "00001",
    "cashier",
    "manager",
    "owner",
    "auditor",
    "returned",
    "other",
  ],
  ...[
    "123456",
    "246810",
    "storedesk-demo",
    "password",
    "pin",
    "SUCCEEDED",
    "FAILED",
    "paid",
    "waiting",
    "scan2pay",
    "ksher",
  ],
  ...[
    "0b6f8d8e-0000-4000-8000-000000000001",
    "2026-11-26",
    "2026-02-30",
    "0000-01-01",
    "9999-12-31",
    "23:59",
    "24:00",
  ],
  ...[
    "9999-99-99T99:99:99.999999Z~0b6f8d8e-0000-4000-8000-000000000001",
    "2026-02-30T00:00:00.000000Z~0b6f8d8e-0000-4000-8000-000000000001",
  ],
  ...[
    "2026-11-26T00:00:00.000000Z~0b6f8d8e-0000-4000-8000-000000000001",
    "0000-01-01T00:00:00.000000Z~0b6f8d8e-0000-4000-8000-000000000001",
  ],
  ...[
    "TWD",
    "THB",
    "Asia/Taipei",
    "Mars/Base",
    "http://127.0.0.1:4010/",
    "https://gateway.example/",
    "http://169.254.169.254/",
    "//evil.example",
  ],
  ...[
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\udc00x",
    "\ufeff",
    "\u202e",
    "\u2028",
    "=1+1",
    "@x",
    "\t=1",
    "'; drop table staff; --",
    "../../etc/passwd",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "<script>window.ran=1</script>",
    "%00",
    "%",
    "{}",
    "[]",
    "null",
    "x".repeat(600),
  ],
];

export const likely = fc.constantFrom(...words);
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: likely },
  fc.string({ maxLength: 60 }),
  fc.string({ unit: anyCharacter, maxLength: 20 }),
  fc.tuple(likely, likely).map((two) => two.join("")),
);

/** Anything a request can carry, also what no form of ours sends. */
export const anyThing: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyText },
  fc.constantFrom(
    null,
    undefined,
    true,
    false,
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 60,
    100,
    1200,
  ),
  fc.array(anyText, { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(JSON.parse('{"__proto__":{"isAdmin":true}}')),
  fc.constant(new Date(Number.NaN)),
);

/** An input that mostly has these fields, so that it comes past the first look; or none of them, or anything. */
export function mostly(names: readonly string[]): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(names.map((name) => [name, anyThing]));
  const texts = Object.fromEntries(names.map((name) => [name, likely]));
  return fc.oneof(
    { weight: 6, arbitrary: fc.record(texts) },
    { weight: 3, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    fc.record({ ...texts, __extra: anyThing }),
    anyThing,
  );
}

/** The search parameters of an address as pages get them: texts, or several of one name. */
export function address(
  names: readonly string[],
): fc.Arbitrary<Record<string, string | string[] | undefined>> {
  const value = fc.oneof({ weight: 6, arbitrary: anyText }, fc.array(anyText, { maxLength: 3 }));
  const fields = Object.fromEntries(names.map((name) => [name, value]));
  return fc.record(fields, { requiredKeys: [] });
}
