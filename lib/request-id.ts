import "server-only";
import { randomUUID } from "node:crypto";

/** The name of a request in the log: what the reverse proxy calls it, if that is a plain word, else a new one. */
export function requestId(headers: Pick<Headers, "get">): string {
  const given = headers.get("x-request-id") ?? "";
  return /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}
