import "server-only";
import { decode } from "next-auth/jwt";
import { env } from "#lib/env.ts";

type Read = { readonly sid: string; readonly until: number };

/** What tokens of late said. The same text always says the same, and an open page sends it every few seconds. */
const read = new Map<string, Read>();
const readMax = 500;

/** The session id in a cookie's token; null where it is not ours or ran out. What it is worth, the database says each time. */
export async function sidOf(token: string): Promise<string | null> {
  const known = read.get(token);
  if (known) return known.until > Date.now() ? known.sid : null;
  const jwt = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  if (typeof jwt?.sid !== "string" || typeof jwt.exp !== "number") return null;
  const [oldest] = read.keys();
  if (oldest !== undefined && read.size >= readMax) read.delete(oldest);
  read.set(token, { sid: jwt.sid, until: jwt.exp * 1_000 });
  return jwt.sid;
}
