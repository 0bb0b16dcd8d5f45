import "server-only";
import type { ReadSession } from "#lib/auth/current-staff.ts";

const headers = { "cache-control": "private, no-store" };

/** What an address answers to somebody who is not in: 423 where the screen is locked and a PIN opens it, else 401. */
export function keptOut(session: ReadSession | null): Response {
  return session?.stage === "locked"
    ? Response.json({ error: "locked" }, { status: 423, headers })
    : Response.json({ error: "signedOut" }, { status: 401, headers });
}
