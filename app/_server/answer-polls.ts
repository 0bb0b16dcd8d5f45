import "server-only";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { parse as parseQuery } from "node:querystring";
import { parseCookie } from "cookie";
import together from "#pages/api/approvals/together.ts";
import waiting from "#pages/api/approvals/waiting.ts";
import counter from "#pages/api/counter.ts";
import order from "#pages/api/orders/[account]/[orderNo]/status.ts";
import request from "#pages/api/requests/[requestNo]/status.ts";
import status from "#pages/api/status.ts";
import type { Polled, PollRequest } from "./polled.ts";

/** Every file under `pages/api`, by its path there. */
export const polls: Readonly<Record<string, Polled>> = {
  "/api/approvals/together": together,
  "/api/approvals/waiting": waiting,
  "/api/counter": counter,
  "/api/orders/[account]/[orderNo]/status": order,
  "/api/requests/[requestNo]/status": request,
  "/api/status": status,
};

const routes = Object.entries(polls).map(([path, answer]) => ({
  pattern: new RegExp(`^${path.replace(/\[(\w+)\]/g, "(?<$1>[^/]+)")}$`),
  answer,
}));

/** Which poll asks for this address, and with what; null: none does, the address is Next's. */
export function pollAt(url: string): { answer: Polled; query: PollRequest["query"] } | null {
  const [path = "", ...search] = url.split("?");
  for (const { pattern, answer } of routes) {
    const found = pattern.exec(path);
    if (!found) continue;
    const own = Object.entries(found.groups ?? {}).map(([name, part]) => [name, plain(part)]);
    return { answer, query: { ...parseQuery(search.join("?")), ...Object.fromEntries(own) } };
  }
  return null;
}

/** What is no text in UTF-8 stays as it was sent: nothing of ours is called so. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const begins = "http.server.request.start";

/**
 * From the first request on, the server of this process answers what open pages poll before Next is asked; all else goes to
 * Next as ever. Next has no place for that: its server is known to Node's channel alone. Where nobody calls this, Next
 * answers the same from the same files. docs/adr/0036.
 */
export function answerPolls(): void {
  const take = (message: unknown) => {
    unsubscribe(begins, take);
    const { server } = message as { server: Server };
    const next = server.listeners("request");
    server.removeAllListeners("request");
    server.on("request", (asked: IncomingMessage, response: ServerResponse) => {
      const poll = pollAt(asked.url ?? "");
      if (!poll) for (const listener of next) listener.call(server, asked, response);
      else {
        const cookies = parseCookie(asked.headers.cookie ?? "");
        void poll.answer({ method: asked.method, cookies, query: poll.query }, response);
      }
    });
  };
  subscribe(begins, take);
}
