import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { actOnOrder, control } from "./control.ts";
import { answerCall, type Door } from "./gateway-door.ts";
import { overviewPage, payerPage } from "./pages.ts";
import { parseJsonObject } from "./protocol/json-text.ts";
import { loadGatewayKeys } from "./protocol/keys.ts";
import { testPrivateKeyPem } from "./protocol/test-key.ts";
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
  answer.writeHead(200, { "content-type": "text/html;charset=utf-8" }).end(text);

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
    await actOnOrder(door, payer, onPayer[2], Object.fromEntries(new URLSearchParams(body)));
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
    await actOnOrder(door, order, onOrder[2] ?? "", {});
    world.save();
    return back("/");
  }
  const onFault = /^\/faults\/(lost-(?:after|before)-effect)$/.exec(url.pathname);
  if (onFault && method === "POST") {
    world.faults.push({ kind: onFault[1] ?? "", service: "Refund", times: 1 });
    return back("/");
  }
  if (url.pathname === "/" && method === "GET") return html(answer, overviewPage(world));
  throw new Refusal(404, "There is nothing here.");
}

async function answerAny(door: Door, request: IncomingMessage, answer: ServerResponse): Promise<unknown> {
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", door.origin);
  const body = await readBody(request);
  if (url.pathname === gatewayPath) {
    if (method !== "POST") throw new Refusal(405, "POST only.");
    return answerCall(door, request, answer, body);
  }
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
  const door: Door = { world, keys: loadGatewayKeys(testPrivateKeyPem), ivs, origin: "http://127.0.0.1" };
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
