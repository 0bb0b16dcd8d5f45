import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ControlCall } from "../control/routes.ts";
import { parseObject } from "../json.ts";
import { Refusal } from "../state/refusal.ts";
import { pagePolicy } from "./page.ts";

const bodyBytesMax = 1_000_000;

/** One HTTP request, read whole. */
export type Visit = {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
  /** The caller's address. */
  readonly address: string;
  /** By the simulator's clock, when the request's head was there. */
  readonly arrivedAt: number;
  readonly answer: ServerResponse;
};

/** What a gateway puts into the frame. */
export type Frame = {
  readonly port: number | undefined;
  now(): number;
  /** Answers a call of the protocol; null: the path is none of the protocol's. */
  answerProtocol(visit: Visit): Promise<void> | null;
  /** One call below `/_control/`. */
  answerControl(call: ControlCall): unknown;
  /** The pages for people, and their buttons. */
  answerPerson(visit: Visit): unknown;
  /** Lets what is due happen before anybody looks. */
  settle(): void;
  save(): void;
};

export type OpenServer = { readonly origin: string; close(): Promise<void> };

const json = (answer: ServerResponse, status: number, value: unknown) =>
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

export function sendPage(answer: ServerResponse, text: string): ServerResponse {
  const headers = { "content-type": "text/html;charset=utf-8", "content-security-policy": pagePolicy };
  return answer.writeHead(200, headers).end(text);
}

/** After a button: back to a page. */
export function sendBack(answer: ServerResponse, where: string): ServerResponse {
  return answer.writeHead(303, { location: where }).end();
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new Refusal(413, "The request is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Not from another site's page, and not through a foreign name (DNS rebinding). */
function isFromHere({ headers }: Visit): boolean {
  const { host = "", origin } = headers;
  const isOwnName = ["127.0.0.1", "localhost"].includes(host.replace(/:\d+$/, ""));
  return isOwnName && (origin === undefined || origin === `http://${host}`);
}

async function answerSteering(frame: Frame, visit: Visit): Promise<unknown> {
  const { url, method, body, answer } = visit;
  if (!isFromHere(visit)) throw new Refusal(403, "Only this simulator's own pages and tools may steer it.");
  frame.settle();
  if (url.pathname === "/_control") url.pathname = "/_control/";
  if (!url.pathname.startsWith("/_control/")) return frame.answerPerson(visit);
  const parsed = body === "" ? {} : parseObject(body);
  if (!parsed) throw new Refusal(400, "The body must be a JSON object.");
  const path = url.pathname.slice("/_control/".length);
  const value = await frame.answerControl({ method, path, query: url.searchParams, body: parsed });
  frame.save();
  return json(answer, 200, value);
}

async function answerAny(frame: Frame, request: IncomingMessage, answer: ServerResponse): Promise<void> {
  const arrivedAt = frame.now();
  const body = await readBody(request);
  const visit: Visit = {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", "http://127.0.0.1"),
    ...{ body, headers: request.headers, address: request.socket.remoteAddress ?? "", arrivedAt, answer },
  };
  await (frame.answerProtocol(visit) ?? answerSteering(frame, visit));
}

/** Serves a simulated gateway on loopback. */
export async function openServer(frame: Frame): Promise<OpenServer> {
  const server = createServer((request, answer) => {
    answerAny(frame, request, answer).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 500;
      if (!answer.headersSent)
        json(answer, status, { error: error instanceof Error ? error.message : String(error) });
      else answer.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(frame.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
