import { expect, test } from "vitest";
import { callerAddress } from "./caller-address.ts";

test.each([
  [null, null],
  ["", null],
  ["203.0.113.7", "203.0.113.7"],
  ["10.1.1.1, 203.0.113.7", "203.0.113.7"],
  ["made up by the caller", null],
  ["203.0.113.7, unknown", null],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["203.0.113.7:4711", null],
])("T4: of the header %j the caller's address is %j", (header, address) => {
  expect(callerAddress(header)).toBe(address);
});
