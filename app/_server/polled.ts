import "server-only";
import type { ServerResponse } from "node:http";
import type { NextApiRequest } from "next";
import { sessionCookie } from "#lib/auth/options.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { log } from "#lib/log.ts";
import { whyKeptOut } from "./kept-out.ts";
import { sessionOf } from "./session-of.ts";

type Asked = NextApiRequest["query"];

/** What is read of a request: the same from Next and from before it (answer-polls.ts). */
export type PollRequest = Pick<NextApiRequest, "method" | "cookies" | "query">;
export type Polled = (request: PollRequest, response: ServerResponse) => Promise<void>;

/**
 * The door frame of what open pages ask by themselves every few seconds: it reads and never counts as a person's action.
 * `read`: what they see, null where there is nothing for them (404); `asked`: what stands in the address, its own parts
 * before what is behind its question mark. No body is read (`bodyParser`, which Next wants said in each file). Such
 * addresses stand under `pages/api`, where an answer costs the server far less (docs/adr/0033), and least of all before Next
 * sees them (docs/adr/0036).
 */
export function polled(read: (staff: CurrentStaff, asked: Asked) => Promise<object | null>): Polled {
  async function seenBy({ cookies, query }: PollRequest): Promise<Answer> {
    const session = await sessionOf(cookies[sessionCookie().name], { isAction: false });
    if (session?.stage !== "in") return whyKeptOut(session);
    const seen = await read(session.staff, query);
    return seen ? { status: 200, body: seen } : { status: 404, body: { error: "notFound" } };
  }
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return send(response, { status: 405, body: { error: "method" } });
    }
    const answer = await seenBy(request).catch((error: unknown): Answer => {
      log.error({ error: String(error) }, "what an open page asked could not be answered");
      return { status: 500, body: { error: "failed" } };
    });
    send(response, answer);
  };
}

type Answer = { readonly status: number; readonly body: object };

/** Small and asked for every few seconds: packing it costs more than sending it, and nobody keeps it to compare. */
function send(response: ServerResponse, { status, body }: Answer): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "private, no-store, no-transform");
  response.end(JSON.stringify(body));
}
