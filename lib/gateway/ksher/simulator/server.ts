import { orderAt } from "#lib/gateway/simulator/control/routes.ts";
import { openServer, sendBack, sendPage, type Visit } from "#lib/gateway/simulator/http/server.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { control } from "./control/control.ts";
import { layFault } from "./control/faults.ts";
import { actOnOrder } from "./control/orders.ts";
import { answerProtocol, type Door } from "./gateway-door.ts";
import { announce, sendDue } from "./notice.ts";
import { overviewPage, payerPage } from "./pages.ts";
import { nextDueAt, settleDue } from "./services/settle.ts";
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
  /** Base addresses of the two families, as a merchant account wants them. */
  readonly gatewayUrl: string;
  readonly payUrl: string;
  readonly origin: string;
  /** Where the control interface is. */
  readonly controlUrl: string;
  close(): Promise<void>;
};

const timerMaxMs = 2 ** 31 - 1;

/** The buttons of the pages for people. */
function press(door: Door, { url, body, answer }: Visit): unknown {
  const { world } = door;
  const filled = Object.fromEntries([...new URLSearchParams(body)].filter(([, value]) => value !== ""));
  const done = (where: string) => {
    world.save();
    door.settle();
    return sendBack(answer, where);
  };
  const onPayer = /^\/pay\/([0-9a-f]+)\/(pay|refuse|otp|finish|drop)$/.exec(url.pathname);
  const payer = onPayer && world.orders.find(({ token }) => token === onPayer[1]);
  if (payer) {
    actOnOrder(world, payer, { action: onPayer[2] ?? "", body: filled });
    return done(`/ua?order_uuid=${payer.token}&lang=en`);
  }
  const onOrder = /^\/orders\/([^/]+)\/(pay|otp|refuse|expire|refund)$/.exec(url.pathname);
  if (onOrder) {
    const orderNo = decodeURIComponent(onOrder[1] ?? "");
    const order = orderAt(world.orders, orderNo, url.searchParams.get("mchId"));
    actOnOrder(world, order, { action: onOrder[2] ?? "", body: {} });
    return done("/");
  }
  if (url.pathname !== "/faults") throw new Refusal(404, "There is nothing here.");
  layFault(world, filled);
  return done("/");
}

/** The pages for people. */
function answerPerson(door: Door, visit: Visit): unknown {
  const { method, url, answer } = visit;
  if (method === "POST") return press(door, visit);
  if (url.pathname === "/") return sendPage(answer, overviewPage(door.world));
  const uuid = url.searchParams.get("order_uuid");
  const order = door.world.orders.find(({ token }) => token === uuid);
  if (url.pathname !== "/ua" || !order) throw new Refusal(404, "There is nothing here.");
  return sendPage(answer, payerPage(door.world, order));
}

/** Starts a gateway of its own on loopback. */
export async function startKsherSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = makeWorld(options);
  const closing = new AbortController();
  const onTheWay = new Set<number>();
  let alarm: NodeJS.Timeout | undefined;
  const door: Door = {
    ...{ world, origin: "http://127.0.0.1", closing: closing.signal },
    settle() {
      if (closing.signal.aborted) return;
      for (const order of settleDue(world)) announce(world, order);
      sendDue(door, onTheWay, door.settle);
      clearTimeout(alarm);
      const waitMs = nextDueAt(world, onTheWay) - world.clock.now();
      const isMoving = world.clockState.frozenAt === null;
      if (isMoving && waitMs < Infinity) alarm = setTimeout(door.settle, Math.min(waitMs + 1, timerMaxMs));
    },
  };
  const server = await openServer({
    port: options.port,
    now: () => world.clock.now(),
    answerProtocol: (visit) => answerProtocol(door, visit),
    answerControl: (call) => control(door, call),
    answerPerson: (visit) => answerPerson(door, visit),
    settle: door.settle,
    save() {
      world.save();
      door.settle();
    },
  });
  door.origin = server.origin;
  door.settle();
  return {
    gatewayUrl: `${door.origin}/api`,
    payUrl: `${door.origin}/KsherPay`,
    origin: door.origin,
    controlUrl: `${door.origin}/_control`,
    async close() {
      closing.abort();
      clearTimeout(alarm);
      await server.close();
      world.save();
    },
  };
}
