import { expect, test } from "vitest";
import { refundReasons } from "./refund.ts";
import { isBuiltIn, readReasons, reasonsOf } from "./refund-reasons.ts";

test("a store without a list of its own offers those of the house", () => {
  expect(reasonsOf(null)).toEqual(refundReasons);
  expect(reasonsOf(["試吃不合"])).toEqual(["試吃不合"]);
  expect(isBuiltIn("damaged")).toBe(true);
  expect(isBuiltIn("試吃不合")).toBe(false);
});

test("the list keeps its order and its words; white space is made single", () => {
  expect(readReasons(["damaged", "  試吃\n 不合 ", "😡"])).toEqual({
    ...{ ok: true, value: ["damaged", "試吃 不合", "😡"] },
  });
});

test("40 characters are taken, 41 are not; nothing typed and the same twice are said at their place, all at once", () => {
  expect(readReasons(["字".repeat(40)]).ok).toBe(true);
  expect(readReasons(["damaged", "字".repeat(41), "", "damaged"])).toEqual({
    ...{ ok: false },
    refusal: { "reasons.1": "tooLong", "reasons.2": "required", "reasons.3": "twice" },
  });
});

test("a shop without any reason could refund nothing: an empty list is refused", () => {
  expect(readReasons([]).ok).toBe(false);
});
