import type { NextApiHandler, NextApiRequest, NextApiResponse } from "next";
import { cookies } from "next/headers";
import { sessionCookie } from "#lib/auth/options.ts";

/** Asks an address under pages/api with the cookies that a test stands in for (`next/headers`): what it answers. */
export async function poll(handler: NextApiHandler, query: NextApiRequest["query"] = {}): Promise<string> {
  const { name } = sessionCookie();
  const token = (await cookies()).get(name)?.value;
  let body = "";
  const response = { setHeader: () => response, end: (text: string) => (body = text) };
  await handler(
    { method: "GET", query, cookies: token ? { [name]: token } : {} } as NextApiRequest,
    response as unknown as NextApiResponse,
  );
  return body;
}
