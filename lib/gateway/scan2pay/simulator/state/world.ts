import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { toTaipeiStamp } from "../protocol/taipei-time.ts";
import type { Arrival } from "./arrival.ts";
import { type Clock, type ClockState, createClock, steadyNow } from "./clock.ts";
import { defaultMerchants, type Merchant } from "./merchants.ts";
import { isOpen, type Order } from "./order.ts";
import { Refusal } from "./refusal.ts";
import { defaultSettings, type Settings } from "./settings.ts";

/** What the next calls shall suffer. */
export type Fault = {
  kind: string;
  service?: string;
  storeOrderNo?: string;
  mchId?: string;
  times: number;
  delayMs?: number;
  code?: string;
  status?: number;
  bytesPerSecond?: number;
  bytes?: number;
};

type Saved = { merchants: Merchant[]; settings: Settings; orders: Order[]; counter: number };

/** Everything the simulated gateway knows. One process, one world; a state file lets it survive a kill. */
export type World = Saved & {
  clock: Clock;
  clockState: ClockState;
  faults: Fault[];
  arrivals: Arrival[];
  /** Caller's address → locked until (simulator clock, ms). */
  locks: Map<string, number>;
  /** Merchant account → when its last status query was answered or broken off. */
  lastAnswerAt: Map<string, number>;
  save(): void;
  reset(): void;
};

const fresh = (): Saved => ({
  merchants: defaultMerchants.map((one) => ({ ...one })),
  settings: { ...defaultSettings },
  orders: [],
  counter: 1,
});

/** Makes the world, from its state file where there is one. `changes` come on top of the default settings. */
export function makeWorld(options: { stateFile?: string; settings?: Partial<Settings> }): World {
  const { stateFile } = options;
  const saved: Saved =
    stateFile && existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, "utf8")) : fresh();
  const clockState: ClockState = { offsetMs: 0, frozenAt: null };
  const world: World = {
    ...fresh(),
    ...saved,
    settings: { ...defaultSettings, ...saved.settings, ...options.settings },
    clock: createClock(clockState, steadyNow),
    clockState,
    faults: [],
    arrivals: [],
    locks: new Map(),
    lastAnswerAt: new Map(),
    save() {
      if (!stateFile) return;
      const { merchants, settings, orders, counter } = world;
      writeFileSync(`${stateFile}.new`, JSON.stringify({ merchants, settings, orders, counter }));
      renameSync(`${stateFile}.new`, stateFile);
    },
    reset() {
      Object.assign(world, fresh(), { faults: [], arrivals: [] });
      world.settings = { ...defaultSettings, ...options.settings };
      Object.assign(clockState, { offsetMs: 0, frozenAt: null });
      world.locks.clear();
      world.lastAnswerAt.clear();
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
export function pay(world: World, order: Order, method = "11500"): void {
  const now = world.clock.now();
  const isSavedQr = order.cancelledAt !== null && order.payState === "failed";
  if (!isOpen(order, now) && !isSavedQr) throw new Refusal(409, "The order cannot be paid any more.");
  Object.assign(order, { payState: "paid", paidAt: now, method });
  order.effects.push({ kind: "pay", amount: order.totalFee, at: now, origin: "payer" });
}

/** Money goes back: one row in the ledger. */
export function giveBack(
  world: World,
  order: Order,
  back: {
    amount: number;
    origin: "api" | "portal";
    kind: "refund" | "cancel";
    no: string | null;
    reason: string;
  },
) {
  const now = world.clock.now();
  const sysRefundNo = nextSystemNo(world);
  order.refunds.push({
    storeRefundNo: back.no,
    sysRefundNo,
    amount: back.amount,
    reason: back.reason,
    service: back.kind === "cancel" ? "CancelOrder" : "Refund",
    outcome: "success",
    requestedAt: now,
    decidedAt: now,
  });
  order.effects.push({
    kind: back.kind,
    amount: back.amount,
    at: now,
    origin: back.origin,
    ...(back.no === null ? {} : { storeRefundNo: back.no }),
  });
  return sysRefundNo;
}
