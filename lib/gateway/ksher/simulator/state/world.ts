import {
  type Gatehouse,
  openGatehouse,
  resetGatehouse,
  type SavedGatehouse,
  savedGatehouse,
} from "#lib/gateway/simulator/state/gatehouse.ts";
import { type StateFile, stateFile } from "#lib/gateway/simulator/state/state-file.ts";
import type { Fault } from "./faults.ts";
import { defaultMerchants, type Merchant } from "./merchants.ts";
import type { NoticeLine, PendingNotice } from "./notices.ts";
import type { Order } from "./order.ts";
import { defaultSettings, type Settings } from "./settings.ts";

type Saved = {
  merchants: Merchant[];
  settings: Settings;
  orders: Order[];
  counter: number;
  faults: Fault[];
  notices: PendingNotice[];
  /** Refund numbers that a rejected refund used up, by merchant and number. */
  rejectedNumbers: string[];
};

/** Everything the simulated gateway knows. One process, one world; a state file lets it survive a kill. */
export type World = Saved &
  Gatehouse &
  Pick<StateFile<unknown>, "save" | "saveSoon"> & {
    /** Every notice that was tried. */
    noticeLog: NoticeLine[];
    /** Nonces seen, by merchant and text; kept only where the settings are strict. */
    nonces: Set<string>;
    reset(): void;
  };

/** The services whose pace is watched. */
const statusQueries: readonly string[] = ["gateway_order_query", "order_query", "refund_query"];

const fresh = (): Saved => ({
  merchants: defaultMerchants.map((one) => ({ ...one })),
  settings: { ...defaultSettings },
  orders: [],
  counter: 1,
  faults: [],
  notices: [],
  rejectedNumbers: [],
});

/** Makes the world, from its state file where there is one. `settings` come on top of the default settings. */
export function makeWorld(options: { stateFile?: string; settings?: Partial<Settings> }): World {
  const file = stateFile<Saved & SavedGatehouse>(options.stateFile, () => {
    const { merchants, settings, orders, counter, faults, notices, rejectedNumbers } = world;
    const saved: Saved = { merchants, settings, orders, counter, faults, notices, rejectedNumbers };
    return { ...saved, ...savedGatehouse(world) };
  });
  const read: Saved & SavedGatehouse = file.read() ?? fresh();
  const { clock, locks, pace, arrivals, ...saved } = read;
  const world: World = {
    ...fresh(),
    ...saved,
    ...openGatehouse({ clock, locks, pace, arrivals }, statusQueries),
    settings: { ...defaultSettings, ...saved.settings, ...options.settings },
    noticeLog: [],
    nonces: new Set(),
    save: file.save,
    saveSoon: file.saveSoon,
    reset() {
      const settings = { ...defaultSettings, ...options.settings };
      Object.assign(world, fresh(), { settings, noticeLog: [] });
      resetGatehouse(world);
      world.nonces.clear();
      world.save();
    },
  };
  return world;
}

export function findOrder(world: World, mchId: string, storeOrderNo: string): Order | undefined {
  return world.orders.find((order) => order.mchId === mchId && order.storeOrderNo === storeOrderNo);
}
