import { UnrecognizedActionError } from "next/dist/client/components/unrecognized-action-error.js";
import { expect, test, vi } from "vitest";
import { callAction } from "./call-action.ts";

// The whole of next/navigation wants a browser's React; this is where it takes the question from.
vi.mock("next/navigation", () => import("next/dist/client/components/unrecognized-action-error.js"));

const fails = (error: unknown) => () => Promise.reject(error);

test("a page from before an upgrade is told so and nothing was sent; any other failure may have happened", async () => {
  expect(await callAction(fails(new UnrecognizedActionError("gone")), {})).toEqual({
    ok: false,
    refusal: { why: "oldPage" },
  });
  expect(await callAction(fails(new TypeError("Failed to fetch")), {})).toBe("lost");
  expect(await callAction(fails(new Error("An unexpected response was received")), {})).toBe("lost");
});
