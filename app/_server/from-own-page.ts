import "server-only";
import { headers } from "next/headers";
import { sessionCookie } from "#lib/auth/options.ts";
import { isOwnOrigin } from "#lib/domain/own-origin.ts";

/** Whether a write comes from a page of ours (security paper T3); Next itself lets one without an Origin through. */
export async function isFromOwnPage(): Promise<boolean> {
  const head = await headers();
  return isOwnOrigin(head.get("origin"), head.get("host"), sessionCookie());
}
