import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { control } from "./control/control.ts";
import { addFault } from "./control/faults.ts";
import { actOnOrder } from "./control/orders.ts";
import { answerCall, type Door } from "./gateway-door.ts";
import { announce } from "./notice.ts";
import { overviewPage, pagePolicy, payerPage } from "./pages.ts";
import { parseJsonObject } from "./protocol/json-text.ts";
import { loadGatewayKeys } from "./protocol/keys.ts";
import { testPrivateKeyPem } from "./protocol/test-key.ts";
import { settleDue } from "./services/settle.ts";
import { Refusal } from "./state/refusal.ts";
import type { Settings } from "./state/settings.ts";
import { makeWorld } from "./state/world.ts";

export type SimulatorOptions = {
  /** 0 or absent: any free port. */
  port?: number;
  /** JSON file that lets a killed simulator forget nothing. */
  stateFile?: string;
  settings?: Partial<Settings>;
};

export type Simulator = {
  /** The gateway's address, as a merchant account wants it. */
  readonly url: string;
  readonly origin: string;
  /** Where the control interface is. */
  readonly controlUrl: string;
  close(): Promise<void>;
};

const gatewayPath = "/allpaypass/api/general";
const bodyBytesMax = 1_000_000;
const ivs = ["2718281828459045", "1234567890123456"] as const;

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

const json = (answer: ServerResponse, status: number, value: unknown) =>
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
const html = (answer: ServerResponse, text: string) =>
  answer
    .writeHead(200, { "content-type": "text/html;charset=utf-8", "content-security-policy": pagePolicy })
    .end(text);

/** Not from another site's page, and not through a foreign name (DNS rebinding). */
function isFromHere({ headers }: IncomingMessage): boolean {
  const { host = "", origin } = headers;
  const isOwnName = ["127.0.0.1", "localhost"].includes(host.replace(/:\d+$/, ""));
  return isOwnName && (origin === undefined || origin === `http://${host}`);
}

/** The pages for people, and their buttons. */
async function answerPerson(
  door: Door,
  url: URL,
  { method, body }: { method: string; body: string },
  answer: ServerResponse,
) {
  const { world } = door;
  const back = (where: string) => answer.writeHead(303, { location: where }).end();
  const onPayer = /^\/pay\/([0-9a-f]+)(?:\/(pay|refuse))?$/.exec(url.pathname);
  const payer = onPayer && world.orders.find(({ token }) => token === onPayer[1]);
  if (payer && method === "GET" && !onPayer[2]) return html(answer, payerPage(world, payer));
  if (payer && method === "POST" && onPayer[2]) {
    actOnOrder(door, payer, { action: onPayer[2], body: Object.fromEntries(new URLSearchParams(body)) });
    world.save();
    return back(`/pay/${payer.token}`);
  }
  const onOrder = /^\/orders\/([^/]+)\/(pay|refuse|expire|refund)$/.exec(url.pathname);
  const order =
    onOrder &&
    world.orders.find(
      (one) => one.storeOrderNo === onOrder[1] && one.mchId === url.searchParams.get("mchId"),
    );
  if (order && method === "POST") {
    actOnOrder(door, order, { action: onOrder[2] ?? "", body: {} });
    world.save();
    return back("/");
  }
  if (url.pathname === "/faults" && method === "POST") {
    const filled = [...new URLSearchParams(body)].filter(([, value]) => value !== "");
    addFault(world, Object.fromEntries(filled));
    world.save();
    return back("/");
  }
  if (url.pathname === "/" && method === "GET") return html(answer, overviewPage(world));
  throw new Refusal(404, "There is nothing here.");
}

async function answerAny(door: Door, request: IncomingMessage, answer: ServerResponse): Promise<unknown> {
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", door.origin);
  const arrivedAt = door.world.clock.now();
  const body = await readBody(request);
  if (url.pathname === gatewayPath) {
    if (method !== "POST") throw new Refusal(405, "POST only.");
    return answerCall(door, answer, { body, arrivedAt, address: request.socket.remoteAddress ?? "" });
  }
  if (!isFromHere(request)) throw new Refusal(403, "Only this simulator's own pages and tools may steer it.");
  door.settle();
  if (url.pathname === "/_control") url.pathname = "/_control/";
  if (!url.pathname.startsWith("/_control/")) return answerPerson(door, url, { method, body }, answer);
  const parsed = body === "" ? {} : parseJsonObject(body, false);
  if (!parsed) throw new Refusal(400, "The body must be a JSON object.");
  const path = url.pathname.slice("/_control/".length);
  const value = await control(door, { method, path, query: url.searchParams, body: parsed });
  door.world.save();
  return json(answer, 200, value);
}

/** Starts a gateway of its own on loopback. */
export async function startScan2PaySimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = makeWorld(options);
  const closing = new AbortController();
  const door: Door = {
    ...{ world, keys: loadGatewayKeys(testPrivateKeyPem), ivs, origin: "http://127.0.0.1" },
    closing: closing.signal,
    settle() {
      for (const order of settleDue(world)) void announce(door, order);
    },
  };
  const server = createServer((request, answer) => {
    answerAny(door, request, answer).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 500;
      if (!answer.headersSent)
        json(answer, status, { error: error instanceof Error ? error.message : String(error) });
      else answer.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  door.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: door.origin + gatewayPath,
    origin: door.origin,
    controlUrl: `${door.origin}/_control`,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => {
          world.save();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
