import "server-only";
import type { ReadSession } from "#lib/auth/current-staff.ts";

const headers = { "cache-control": "private, no-store" };

/** What an address answers to somebody who is not in: 423 where the screen is locked and a PIN opens it, else 401. */
export function whyKeptOut(session: ReadSession | null) {
  return session?.stage === "locked"
    ? { status: 423, body: { error: "locked" } }
    : { status: 401, body: { error: "signedOut" } };
}

/** The same as a route's answer. */
export function keptOut(session: ReadSession | null): Response {
  const { status, body } = whyKeptOut(session);
  return Response.json(body, { status, headers });
}
