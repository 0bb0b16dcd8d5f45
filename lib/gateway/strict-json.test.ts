import { describe, expect, test } from "vitest";
import { readJson, readUtf8 } from "./strict-json.ts";

describe("JSON of a gateway", () => {
  test("is read as it is, and long numbers keep every digit as text", () => {
    expect(readJson('{"a":[1,"x",null,true],"id":2024031544571328811,"b":{"a":1}}')).toEqual({
      a: [1, "x", null, true],
      id: "2024031544571328811",
      b: { a: 1 },
    });
    expect(readJson("[1e309, 1.5, -0]")).toEqual(["1e309", "1.5", -0]);
  });

  test.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[{"x":{"b":1,"c":[{}],"b":1}}]', '{"":1,"":1}'])(
    "is refused when a member is named twice: %s",
    (text) => expect(readJson(text)).toBeUndefined(),
  );

  test.each(['{"a":"\\"a\\":1","b":"{,}"}', '{"a":{"a":{"a":1}}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a"}'])(
    "may repeat a name elsewhere: %s",
    (text) => {
      expect(readJson(text)).toEqual(JSON.parse(text));
    },
  );

  test.each(["", "{", "NaN", "01", "{'a':1}", '"\n"', "undefined"])(
    "is refused when it is none: %j",
    (text) => {
      expect(readJson(text)).toBeUndefined();
    },
  );

  test.each([33, 1_000, 100_000])("is refused when nested %i deep", (depth) => {
    expect(readJson("[".repeat(depth) + "]".repeat(depth))).toBeUndefined();
  });

  test("changes no prototype", () => {
    const read = readJson('{"__proto__":{"isAdmin":true}}');
    expect(Object.keys(read as object)).toEqual(["__proto__"]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

test("bytes that are not UTF-8 are no text; a byte order mark goes", () => {
  expect(readUtf8(Buffer.from([0xef, 0xbb, 0xbf, 0x41]))).toBe("A");
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe4, 0xb8]])
    expect(readUtf8(Buffer.from(bytes))).toBeNull();
});
