import { randomBytes } from "node:crypto";
import {
  type Gatehouse,
  openGatehouse,
  resetGatehouse,
  type SavedGatehouse,
  savedGatehouse,
} from "#lib/gateway/simulator/state/gatehouse.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { type StateFile, stateFile } from "#lib/gateway/simulator/state/state-file.ts";
import { toTaipeiStamp } from "../protocol/taipei-time.ts";
import type { Fault } from "./faults.ts";
import { defaultMerchants, type Merchant } from "./merchants.ts";
import { isOpen, type Order, type RefundRecord, returnedAmount } from "./order.ts";
import { defaultSettings, type Settings } from "./settings.ts";

type Saved = { merchants: Merchant[]; settings: Settings; orders: Order[]; counter: number; faults: Fault[] };

/** Everything the simulated gateway knows. One process, one world; a state file lets it survive a kill. */
export type World = Saved &
  Gatehouse &
  Pick<StateFile<unknown>, "save" | "saveSoon"> & {
    reset(): void;
  };

/** The services whose pace is watched (section 9, row 19). */
const statusQueries: readonly string[] = ["SingleOrderQuery", "OrderQuery", "OrderQuery1.1"];

const fresh = (): Saved => ({
  merchants: defaultMerchants.map((one) => ({ ...one })),
  settings: { ...defaultSettings },
  orders: [],
  counter: 1,
  faults: [],
});

/** Makes the world, from its state file where there is one. `changes` come on top of the default settings. */
export function makeWorld(options: { stateFile?: string; settings?: Partial<Settings> }): World {
  const file = stateFile<Saved & SavedGatehouse>(options.stateFile, () => {
    const { merchants, settings, orders, counter, faults } = world;
    return { merchants, settings, orders, counter, faults, ...savedGatehouse(world) };
  });
  const read: Saved & SavedGatehouse = file.read() ?? fresh();
  const { clock, locks, pace, arrivals, ...saved } = read;
  const world: World = {
    ...fresh(),
    ...saved,
    ...openGatehouse({ clock, locks, pace, arrivals }, statusQueries),
    settings: { ...defaultSettings, ...saved.settings, ...options.settings },
    save: file.save,
    saveSoon: file.saveSoon,
    reset() {
      Object.assign(world, fresh(), { settings: { ...defaultSettings, ...options.settings } });
      resetGatehouse(world);
      world.save();
    },
  };
  return world;
}

/** A gateway number: 19 digits, the day first. */
export function nextSystemNo(world: World): string {
  const serial = String(world.counter++).padStart(11, "0");
  return toTaipeiStamp(world.clock.now()).slice(0, 8) + serial;
}

export function findOrder(world: World, mchId: string, storeOrderNo: string): Order | undefined {
  return world.orders.find((order) => order.mchId === mchId && order.storeOrderNo === storeOrderNo);
}

export type NewOrder = {
  mchId: string;
  storeOrderNo: string;
  totalFee: number;
  service: Order["service"];
  body?: string;
  detail?: string;
  storeInfo?: string;
  callBackUrl?: string;
  method?: string;
  ageMs?: number;
  expiresAt?: number;
};

export function addOrder(world: World, wish: NewOrder): Order {
  const createdAt = world.clock.now() - (wish.ageMs ?? 0);
  const sysOrderNo = nextSystemNo(world);
  const order: Order = {
    mchId: wish.mchId,
    storeOrderNo: wish.storeOrderNo,
    sysOrderNo,
    shortNo: sysOrderNo.slice(-6),
    token: randomBytes(6).toString("hex").slice(0, 11),
    service: wish.service,
    body: wish.body ?? "Goods",
    detail: wish.detail ?? "",
    storeInfo: wish.storeInfo ?? "",
    callBackUrl: wish.callBackUrl ?? "",
    totalFee: wish.totalFee,
    method: wish.method ?? "00000",
    createdAt,
    expiresAt: wish.expiresAt ?? createdAt + world.settings.qrLifetimeMs,
    payState: "open",
    paidAt: null,
    cancelledAt: null,
    refunds: [],
    effects: [],
  };
  world.orders.push(order);
  return order;
}

/** The payer pays. A saved QR still pays a cancelled order until it expires; that is the risk merchants must watch. */
export function pay(world: World, order: Order, how: { method?: string; at?: number } = {}): void {
  const { method = "11500", at = world.clock.now() } = how;
  const isSavedQr = order.cancelledAt !== null && order.payState === "failed" && at < order.expiresAt;
  if (!isOpen(order, at) && !isSavedQr) throw new Refusal(409, "The order cannot be paid any more.");
  Object.assign(order, { payState: "paid", paidAt: at, method });
  order.effects.push({ kind: "pay", amount: order.totalFee, at, origin: "payer" });
}

/** An open order closes, a paid one gives back what is left of it. */
export function cancel(world: World, order: Order, at: number): void {
  const rest = order.payState === "paid" ? order.totalFee - returnedAmount(order) : 0;
  if (rest > 0)
    giveBack(world, order, { amount: rest, origin: "api", kind: "cancel", no: null, reason: "cancel", at });
  if (order.payState === "open") order.payState = "failed";
  order.cancelledAt = at;
  order.cancelDueAt = null;
}

type Giving = {
  amount: number;
  origin: "api" | "portal";
  kind: "refund" | "cancel";
  no: string | null;
  reason: string;
  at?: number;
};

/** Money goes back: one row in the ledger. */
export function giveBack(world: World, order: Order, giving: Giving): RefundRecord {
  const { amount, origin, kind, no, reason, at = world.clock.now() } = giving;
  const record: RefundRecord = {
    storeRefundNo: no,
    sysRefundNo: nextSystemNo(world),
    amount,
    reason,
    service: kind === "cancel" ? "CancelOrder" : "Refund",
    outcome: "success",
    requestedAt: at,
    decidedAt: at,
  };
  order.refunds.push(record);
  order.effects.push({ kind, amount, at, origin, ...(no === null ? {} : { storeRefundNo: no }) });
  return record;
}
