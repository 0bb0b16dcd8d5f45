import { globSync } from "node:fs";
import { createServer } from "node:http";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { readSession } from "#lib/auth/current-staff.ts";
import { sessionCookie } from "#lib/auth/options.ts";
import { env } from "#lib/env.ts";
import { listen } from "#lib/gateway/fixtures/raw-server.ts";
import { answerPolls, pollAt, polls } from "./answer-polls.ts";

vi.mock("#lib/auth/current-staff.ts", () => ({ readSession: vi.fn() }));

describe("which address is a poll", () => {
  test("every file under pages is answered before Next, by its own path", () => {
    const files = globSync("pages/**/*.ts").map((path) => path.replace(/^pages|\.ts$/g, ""));
    expect(files.toSorted()).toEqual(Object.keys(polls).toSorted());
  });

  test("an order's own parts are read as text and stand before what is typed behind the question mark", () => {
    expect(pollAt("/api/orders/xinyi/PO%201/status?orderNo=PO2&x=1&x=2")).toEqual({
      answer: polls["/api/orders/[account]/[orderNo]/status"],
      query: { account: "xinyi", orderNo: "PO 1", x: ["1", "2"] },
    });
    expect(pollAt("/api/approvals/together?no=Q1&no=Q2?")?.query).toEqual({ no: ["Q1", "Q2?"] });
    expect(pollAt("/api/counter")).toEqual({ answer: polls["/api/counter"], query: {} });
  });

  test("a part that is no text stays as it was sent, and a part's name can be no trap", () => {
    expect(pollAt("/api/requests/%E0%A4%A/status")?.query).toEqual({ requestNo: "%E0%A4%A" });
    expect(Object.getPrototypeOf(pollAt("/api/status?__proto__=a")?.query)).toBe(Object.prototype);
  });

  test.each([
    "/api/orders/xinyi/PO1/status/",
    "/api/orders//PO1/status",
    "/api/orders/xinyi/PO/1/status",
    "//api/status",
    "/api/status.rsc",
    "/API/status",
    "/x/api/status",
    "http://desk/api/status",
    "/api/health",
    "/",
    "",
  ])("%s is left to Next", (url) => {
    expect(pollAt(url)).toBeNull();
  });
});

describe("a server that was started by somebody else", () => {
  let origin: string;
  beforeEach(async () => {
    const port = await listen(createServer((_, response) => response.end("by Next")));
    origin = `http://127.0.0.1:${port}`;
  });
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(origin + path, init);
    return { status: answer.status, said: await answer.text(), head: answer.headers };
  };

  test("has all answered by Next where nobody asked for more", async () => {
    expect((await ask("/api/status")).said).toBe("by Next");
  });

  test("answers polls from its very first request on, and leaves the rest to Next", async () => {
    answerPolls();
    const first = await ask("/api/status");
    expect([first.status, JSON.parse(first.said)]).toEqual([401, { error: "signedOut" }]);
    expect(first.head.get("cache-control")).toBe("private, no-store, no-transform");
    expect((await ask("/signin")).said).toBe("by Next");
    expect((await ask("/api/status", { headers: { cookie: "__Host-storedesk=made-up; a=b" } })).status).toBe(
      401,
    );
  });

  test("says so to a page whose question failed, and the next one is answered", async () => {
    answerPolls();
    const token = await encode({ token: { sid: "s" }, secret: env().NEXTAUTH_SECRET, maxAge: 60 });
    vi.mocked(readSession).mockRejectedValueOnce(new Error("the books are away")).mockResolvedValueOnce(null);
    const headers = { cookie: `${sessionCookie().name}=${token}` };
    const failed = await ask("/api/status", { headers });
    expect([failed.status, failed.said]).toEqual([500, '{"error":"failed"}']);
    expect((await ask("/api/status", { headers })).status).toBe(401);
  });

  test("changes nothing by a poll: whoever does not read is refused", async () => {
    answerPolls();
    const told = await ask("/api/status", { method: "POST", body: "{}" });
    expect([told.status, told.head.get("allow")]).toEqual([405, "GET, HEAD"]);
    const asked = await ask("/api/status", { method: "HEAD" });
    expect([asked.status, asked.said]).toEqual([401, ""]);
  });
});
