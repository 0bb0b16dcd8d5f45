import "server-only";
import type { NextApiHandler, NextApiRequest, NextApiResponse } from "next";
import { sessionCookie } from "#lib/auth/options.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { whyKeptOut } from "./kept-out.ts";
import { sessionOf } from "./session-of.ts";

type Asked = NextApiRequest["query"];

/**
 * The door frame of what open pages ask by themselves every few seconds: it reads and never counts as a person's action.
 * `read`: what they see, null where there is nothing for them (404); `asked`: what stands in the address, its own parts
 * before what is behind its question mark. No body is read (`bodyParser`, which Next wants said in each file). Such
 * addresses stand under `pages/api`, where an answer costs the server far less (docs/adr/0033).
 */
export function polled(read: (staff: CurrentStaff, asked: Asked) => Promise<object | null>): NextApiHandler {
  return async ({ method, cookies, query }, response) => {
    if (method !== "GET" && method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return answer(response, 405, { error: "method" });
    }
    const session = await sessionOf(cookies[sessionCookie().name], { isAction: false });
    if (session?.stage !== "in") {
      const { status, body } = whyKeptOut(session);
      return answer(response, status, body);
    }
    const seen = await read(session.staff, query);
    return seen ? answer(response, 200, seen) : answer(response, 404, { error: "notFound" });
  };
}

/** Small and asked for every few seconds: packing it costs more than sending it, and nobody keeps it to compare. */
function answer(response: NextApiResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "private, no-store, no-transform");
  response.end(JSON.stringify(body));
}
