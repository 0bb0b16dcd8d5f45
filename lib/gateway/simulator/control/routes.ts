import { noteClockBack } from "../state/arrivals.ts";
import type { Fault } from "../state/faults.ts";
import type { Gatehouse, PaceSettings } from "../state/gatehouse.ts";
import { Refusal } from "../state/refusal.ts";
import { type Body, flag, refuseOthers, whole } from "./input.ts";

export type ControlCall = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Body;
};

/** What is steered in the same way at every gateway. */
export type Steered = Gatehouse & {
  settings: PaceSettings;
  faults: Fault[];
  orders: readonly {
    readonly storeOrderNo: string;
    readonly mchId: string;
    readonly effects: readonly object[];
  }[];
  reset(): void;
};

/** `METHOD path` → what it does. */
export type Routes<Door> = { readonly [name: string]: (door: Door, call: ControlCall) => unknown };

function setClock(world: Steered, body: Body) {
  refuseOthers(body, ["offsetMs", "now", "advanceMs", "frozen"]);
  const isFrozen = flag(body, "frozen");
  const numbers = ["offsetMs", "now", "advanceMs"].flatMap((name) => {
    const value = whole(body, name);
    return value === undefined ? [] : [[name, value]];
  });
  const { wentBackMs } = world.clock.set({
    ...Object.fromEntries(numbers),
    ...(isFrozen === undefined ? {} : { frozen: isFrozen }),
  });
  noteClockBack(world, wentBackMs);
  return { now: world.clock.now() };
}

/** Clock, arrival log, locks, ledger, waiting faults and reset: the same at every gateway. */
export const commonRoutes: Routes<{ readonly world: Steered }> = {
  "GET faults": ({ world }) => world.faults,
  "DELETE faults": ({ world }) => {
    world.faults = [];
    return [];
  },
  "GET clock": ({ world }) => ({ now: world.clock.now() }),
  "POST clock": ({ world }, { body }) => setClock(world, body),
  "GET arrivals": ({ world }, { query }) =>
    world.arrivals.filter(({ arrivedAt }) => arrivedAt >= Number(query.get("since") ?? 0)),
  "GET effects": ({ world }) =>
    world.orders.flatMap(({ storeOrderNo, mchId, effects }) =>
      effects.map((effect) => ({ storeOrderNo, mchId, ...effect })),
    ),
  "GET locks": ({ world }) =>
    [...world.locks]
      .map(([address, until]) => ({ address, until }))
      .filter(({ until }) => until > world.clock.now()),
  "POST unlock": ({ world }) => {
    world.locks.clear();
    return [];
  },
  "GET settings": ({ world }) => world.settings,
  "POST reset": ({ world }) => {
    world.reset();
    return {};
  },
};

/** Answers one control call; a Refusal carries its HTTP status. */
export function answerControl<Door>(routes: Routes<Door>, door: Door, call: ControlCall): unknown {
  const name = `${call.method} ${call.path}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) throw new Refusal(404, `There is no ${call.method} /_control/${call.path}.`);
  return route(door, call);
}

/** `orders/NO/ACTION`, or null for any other path. */
export function readOrderPath(path: string): { orderNo: string; action: string } | null {
  const found = /^orders\/([^/]+)\/([a-z-]+)$/.exec(path);
  return found ? { orderNo: decodeURIComponent(found[1] ?? ""), action: found[2] ?? "" } : null;
}

/** The order of that number; without a merchant it must be the only one of its kind. */
export function orderAt<Order extends { readonly storeOrderNo: string; readonly mchId: string }>(
  orders: readonly Order[],
  orderNo: string,
  mchId: string | null,
): Order {
  const found = orders.filter(
    (one) => one.storeOrderNo === orderNo && (mchId === null || one.mchId === mchId),
  );
  const [order] = found;
  if (found.length > 1) throw new Refusal(409, `Several merchants have ${orderNo}: say which with mchId.`);
  if (!order) throw new Refusal(404, `There is no order ${orderNo}.`);
  return order;
}
