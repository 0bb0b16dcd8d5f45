import { describe, expect, test } from "vitest";
import { leadsInside, readGatewayUrl } from "./gateway-url.ts";

describe("the address of a gateway", () => {
  test.each([
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://0x0a.0.0.1/",
    "https://167772161/",
    "https://012.1/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://[::]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
  ])("T18: %s is private or link-local, however it is written, and refused", (text) => {
    expect(readGatewayUrl(text)).toEqual({
      ok: false,
      message: "must not be a private or link-local address",
    });
  });

  test.each(["https://172.15.0.1/", "https://172.32.0.1/", "https://11.0.0.1/", "https://[2001:db8::1]/"])(
    "%s is a public one and taken",
    (text) => expect(readGatewayUrl(text).ok).toBe(true),
  );

  test.each([
    ["127.0.0.1", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["10.9.8.7", true],
    ["8.8.8.8", false],
    ["2001:db8::1", false],
  ])("a name that was looked up and led to %s: inside is %s", (address, isInside) => {
    expect(leadsInside(address)).toBe(isInside);
  });
});
