import type { ServerResponse } from "node:http";
import { cookies } from "next/headers";
import type { Polled, PollRequest } from "#app/_server/polled.ts";
import { sessionCookie } from "#lib/auth/options.ts";

/** Asks an address under pages/api with the cookies that a test stands in for (`next/headers`): what it answers. */
export async function poll(handler: Polled, query: PollRequest["query"] = {}): Promise<string> {
  const { name } = sessionCookie();
  const token = (await cookies()).get(name)?.value;
  let body = "";
  const response = { setHeader: () => response, end: (text: string) => (body = text) };
  await handler(
    { method: "GET", query, cookies: token ? { [name]: token } : {} },
    response as unknown as ServerResponse,
  );
  return body;
}
