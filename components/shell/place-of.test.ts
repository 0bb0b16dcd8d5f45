import { afterEach, expect, test, vi } from "vitest";
import { placeOf } from "./place-of.ts";

const answers = (answer: () => Promise<Response>) => {
  const asked = vi.fn<(address: string) => Promise<Response>>(answer);
  vi.stubGlobal("fetch", asked);
  return asked;
};

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a scan of an order the books know leads straight to it, with the list it was searched from", async () => {
  const order = { account: "xinyi", orderNo: "PO 1" };
  const asked = answers(async () => Response.json({ order }));
  expect(await placeOf(" PO 1\n", "state=paid")).toBe("/orders/xinyi/PO%201?list=state%3Dpaid");
  expect(asked.mock.calls[0]?.[0]).toBe("/api/known?q=%20PO%201%0A");
});

test.each([
  ["the books know none, or more than one", async () => Response.json({ order: null })],
  ["the session is over", async () => Response.json({ error: "signedOut" }, { status: 401 })],
  ["the screen is locked", async () => Response.json({ error: "locked" }, { status: 423 })],
  ["the desk stumbles", async () => new Response("no", { status: 500 })],
  ["what comes is no answer", async () => new Response("<html>")],
  ["the line is down", async () => Promise.reject(new TypeError("Failed to fetch"))],
])("where %s, a scan leads to the look-up as it was typed", async (_, answer) => {
  answers(answer);
  expect(await placeOf("PO1 ", "")).toBe("/search?q=PO1%20");
});
