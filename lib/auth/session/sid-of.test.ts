import { encode } from "next-auth/jwt";
import { afterEach, expect, test, vi } from "vitest";
import { env } from "#lib/env.ts";
import { sidOf } from "./sid-of.ts";

const tokenOf = (sid: string, { secret = env().NEXTAUTH_SECRET, maxAge = 60 } = {}) =>
  encode({ token: { sid }, secret, maxAge });

afterEach(() => {
  vi.useRealTimers();
});

test("a cookie says whose session it is, each time it comes", async () => {
  const [mine, other] = [await tokenOf("mine"), await tokenOf("other")];
  for (let times = 0; times < 2; times += 1) {
    expect(await sidOf(mine)).toBe("mine");
    expect(await sidOf(other)).toBe("other");
  }
});

test("a cookie under another secret, a changed one and a made-up one say nothing, after a good one too", async () => {
  const good = await tokenOf("mine");
  expect(await sidOf(good)).toBe("mine");
  expect(await sidOf(await tokenOf("mine", { secret: "x".repeat(48) }))).toBeNull();
  expect(await sidOf(`${good.slice(0, -2)}${good.endsWith("AA") ? "BB" : "AA"}`)).toBeNull();
  expect(await sidOf("mine")).toBeNull();
});

test("a cookie that ran out says nothing, though it was read before", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const token = await tokenOf("mine", { maxAge: 60 });
  expect(await sidOf(token)).toBe("mine");
  vi.setSystemTime(Date.now() + 59_000);
  expect(await sidOf(token)).toBe("mine");
  vi.setSystemTime(Date.now() + 2_000);
  expect(await sidOf(token)).toBeNull();
});

test("after five hundred other cookies an old one is read anew and says the same", async () => {
  const first = await tokenOf("first");
  expect(await sidOf(first)).toBe("first");
  for (let n = 0; n < 501; n += 1) await sidOf(await tokenOf(`s${n}`));
  expect(await sidOf(first)).toBe("first");
});
