import { afterEach, expect, test, vi } from "vitest";
import { sessionLongestMs } from "#lib/domain/session-limits.ts";

/** The session cookie as a desk with this public address sets it. */
async function cookieAt(url: string) {
  vi.stubEnv("STOREDESK_URL", url);
  vi.resetModules();
  const { authOptions } = await import("#lib/auth/options.ts");
  const { cookies, session } = authOptions();
  return { ...cookies?.sessionToken, maxAge: session?.maxAge };
}
afterEach(() => vi.resetModules());

const always = { httpOnly: true, sameSite: "lax", path: "/" };
const maxAge = sessionLongestMs / 1_000;

test("T10: over https the session cookie is this host's alone, never sent in clear, not read by scripts, and gone after twelve hours", async () => {
  const cookie = await cookieAt("https://desk.example.com");
  expect(cookie).toEqual({ name: "__Host-storedesk", options: { ...always, secure: true }, maxAge });
  expect(maxAge).toBe(12 * 60 * 60);
});

test("T10: on this machine, over http, the cookie carries the port in its name, so that two desks do not share it", async () => {
  const cookie = await cookieAt("http://localhost:3000");
  expect(cookie).toEqual({ name: "storedesk-3000", options: { ...always, secure: false }, maxAge });
});

test("T22: a drill's cookies have names of their own, over https and beside a desk on this machine", async () => {
  vi.stubEnv("STOREDESK_DEMO", "1");
  vi.stubEnv("STOREDESK_DRILL", "1");
  expect((await cookieAt("https://drill.example.com")).name).toBe("__Host-storedesk-drill");
  expect((await cookieAt("http://localhost:3000")).name).toBe("storedesk-drill-3000");
  const { authOptions } = await import("#lib/auth/options.ts");
  const { csrfToken, callbackUrl } = authOptions().cookies ?? {};
  expect([csrfToken?.name, callbackUrl?.name]).toEqual(["storedesk-drill-csrf", "storedesk-drill-callback"]);
});
