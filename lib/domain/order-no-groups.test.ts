import fc from "fast-check";
import { expect, test } from "vitest";
import { groupOrderNo } from "./order-no-groups.ts";

test("an order number is read in groups a person can say aloud", () => {
  expect(groupOrderNo("PO180101001")).toEqual(["PO", "180", "101", "001"]);
  expect(groupOrderNo("2411250912340001")).toEqual(["2411", "2509", "1234", "0001"]);
  expect(groupOrderNo("1801010")).toEqual(["1801", "010"]);
  expect(groupOrderNo("A-1234")).toEqual(["A-", "1234"]);
});

test("the groups joined are always the number itself", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/), (orderNo) => {
      expect(groupOrderNo(orderNo).join("")).toBe(orderNo);
    }),
  );
});
