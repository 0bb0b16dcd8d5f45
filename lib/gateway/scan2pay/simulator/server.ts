import { addFault } from "#lib/gateway/simulator/control/faults.ts";
import { openServer, sendBack, sendPage, type Visit } from "#lib/gateway/simulator/http/server.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { control, faultRules } from "./control/control.ts";
import { actOnOrder } from "./control/orders.ts";
import { answerCall, type Door } from "./gateway-door.ts";
import { announce } from "./notice.ts";
import { overviewPage, payerPage } from "./pages.ts";
import { loadGatewayKeys } from "./protocol/keys.ts";
import { testPrivateKeyPem } from "./protocol/test-key.ts";
import { settleDue } from "./services/settle.ts";
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
const ivs = ["2718281828459045", "1234567890123456"] as const;

/** The pages for people, and their buttons. */
function answerPerson(door: Door, { url, method, body, answer }: Visit): unknown {
  const { world } = door;
  const onPayer = /^\/pay\/([0-9a-f]+)(?:\/(pay|refuse))?$/.exec(url.pathname);
  const payer = onPayer && world.orders.find(({ token }) => token === onPayer[1]);
  if (payer && method === "GET" && !onPayer[2]) return sendPage(answer, payerPage(world, payer));
  if (payer && method === "POST" && onPayer[2]) {
    actOnOrder(door, payer, { action: onPayer[2], body: Object.fromEntries(new URLSearchParams(body)) });
    world.save();
    return sendBack(answer, `/pay/${payer.token}`);
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
    return sendBack(answer, "/");
  }
  if (url.pathname === "/faults" && method === "POST") {
    const filled = [...new URLSearchParams(body)].filter(([, value]) => value !== "");
    addFault(world.faults, Object.fromEntries(filled), faultRules);
    world.save();
    return sendBack(answer, "/");
  }
  if (url.pathname === "/" && method === "GET") return sendPage(answer, overviewPage(world));
  throw new Refusal(404, "There is nothing here.");
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
  const server = await openServer({
    port: options.port,
    now: () => world.clock.now(),
    answerProtocol(visit) {
      if (visit.url.pathname !== gatewayPath) return null;
      if (visit.method !== "POST") throw new Refusal(405, "POST only.");
      return answerCall(door, visit);
    },
    answerControl: (call) => control(door, call),
    answerPerson: (visit) => answerPerson(door, visit),
    settle: () => door.settle(),
    save: () => world.save(),
  });
  door.origin = server.origin;
  return {
    url: door.origin + gatewayPath,
    origin: door.origin,
    controlUrl: `${door.origin}/_control`,
    async close() {
      closing.abort();
      await server.close();
      world.save();
    },
  };
}
