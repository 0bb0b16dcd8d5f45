import type { GatewayOrderState } from "#lib/domain/gateway-facts.ts";
import type { SendAnswer } from "#lib/domain/recovery/send-answer.ts";
import type { Reading } from "#lib/domain/settle.ts";
import type { Scenario } from "../scenario.ts";
import type { Dice } from "./dice.ts";
import type { Scheduler } from "./scheduler.ts";

/** Money that really went back, whoever did it. */
export type Effect = {
  readonly at: number;
  readonly by: "refund" | "cancel" | "portal";
  readonly no: string;
  readonly amountMinor: number;
};
export type SendCall = {
  readonly kind: "refund" | "cancel";
  readonly no: string;
  readonly amountMinor: number;
};
/** What a query shows. */
export type Seen = { readonly state: GatewayOrderState; readonly reading: Reading };
type Try = { readonly at: number; readonly no: string; settledAt: number; readonly isFailing: boolean };

/** An order nobody pays is closed by the gateway itself after this long (money.md 2.0, "QR default expiry"). */
const qrLifeMs = 15 * 60_000;

/** In ten thousand: refunds that the gateway only takes, and those of them that it then does not make. */
const acceptedShare = 800;
const acceptedFailShare = 2_000;

/** A gateway with one order and a ledger of effects that is apart from what it answers. */
export class FakeGateway {
  readonly #scenario: Scenario;
  readonly #scheduler: Scheduler;
  readonly #dice: Dice;
  readonly #effects: Effect[] = [];
  readonly #tries: Try[] = [];
  readonly #seen = new Set<string>();
  #paidAt = Number.POSITIVE_INFINITY;
  #closedAt = Number.POSITIVE_INFINITY;

  constructor(scenario: Scenario, { scheduler, dice }: { scheduler: Scheduler; dice: Dice }) {
    this.#scenario = scenario;
    this.#scheduler = scheduler;
    this.#dice = dice;
    if (scenario.paysAtMs === 0) this.#paidAt = scheduler.now();
    else this.#closedAt = scheduler.now() + qrLifeMs;
  }

  effects = (): readonly Effect[] => this.#effects;
  /** The customer's money came in, before or after anything else. */
  isPaid = (): boolean => this.#paidAt <= this.#scheduler.now();
  isClosed = (): boolean => this.#closedAt <= this.#scheduler.now();

  pay(): void {
    this.#paidAt = this.#scheduler.now();
  }

  refundInPortal(amountMinor: number): void {
    const now = this.#scheduler.now();
    const isLeft = this.#returnedAt(now) + amountMinor <= this.#scenario.paidMinor;
    if (this.isPaid() && !this.#isMovingAt(now) && isLeft) this.#give("portal", "portal", amountMinor);
  }

  send(call: SendCall): SendAnswer {
    return call.kind === "refund" ? this.#refund(call) : this.#cancel(call);
  }

  /** The order's state, and what tells the refund `no` apart from others where the account can be asked for that. */
  query(no: string | null): Seen {
    const { staleMs, profile, readsBy } = this.#scenario;
    const at = this.#scheduler.now() - staleMs;
    const state = this.#stateAt(at);
    if (no === null || profile === "D" || readsBy === "order")
      return { state, reading: { by: "order", state } };
    if (readsBy === "number") return { state, reading: this.#byNumber(no, at) };
    const isClear = !this.#isMovingAt(at);
    return { state, reading: { by: "sum", returnedMinor: this.#returnedAt(at), isClear } };
  }

  #refund({ no, amountMinor }: SendCall): SendAnswer {
    const { profile, paidMinor, declines } = this.#scenario;
    const now = this.#scheduler.now();
    const checksNumber = profile === "A" || profile === "B";
    if (!this.isPaid()) return { outcome: "declined", reason: "not-found" };
    if (checksNumber && this.#seen.has(no)) return { outcome: "declined", reason: "duplicate-number" };
    const onTheWay = this.#isMovingAt(now) ? paidMinor : 0;
    if (profile === "A" && this.#returnedAt(now) + onTheWay + amountMinor > paidMinor)
      return { outcome: "declined", reason: "already-done" };
    this.#seen.add(no);
    if (declines) return { outcome: "declined", reason: "balance" };
    if (this.#dice.hits(acceptedShare)) return this.#accept(no, amountMinor);
    this.#give("refund", no, amountMinor);
    return { outcome: "done" };
  }

  /** Taken, and done or failed some time later. */
  #accept(no: string, amountMinor: number): SendAnswer {
    const now = this.#scheduler.now();
    const isFailing = this.#dice.hits(acceptedFailShare);
    const takesMs = this.#dice.between(1_000, 60_000);
    this.#tries.push({ at: now, no, settledAt: now + takesMs, isFailing });
    if (!isFailing) this.#scheduler.after(takesMs, () => this.#give("refund", no, amountMinor));
    return { outcome: "unknown", why: "gateway-pending" };
  }

  #cancel({ no }: SendCall): SendAnswer {
    if (this.isClosed()) return { outcome: "declined", reason: "already-done" };
    if (!this.isPaid()) {
      this.#closedAt = this.#scheduler.now();
      return { outcome: "done" };
    }
    if (this.#scenario.profile === "A") return { outcome: "declined", reason: "already-paid" };
    // The worst a gateway can do with a cancel of a paid order: give everything back, whatever went back before.
    this.#give("cancel", no, this.#scenario.paidMinor);
    return { outcome: "done" };
  }

  #give(by: Effect["by"], no: string, amountMinor: number): void {
    this.#effects.push({ at: this.#scheduler.now(), by, no, amountMinor });
  }

  #returnedAt(at: number): number {
    return this.#effects.filter((one) => one.at <= at).reduce((sum, one) => sum + one.amountMinor, 0);
  }

  #isMovingAt(at: number): boolean {
    return this.#tries.some((one) => one.at <= at && at < one.settledAt);
  }

  #stateAt(at: number): GatewayOrderState {
    const { profile, isUnsure, paidMinor, readsBy } = this.#scenario;
    const returned = this.#returnedAt(at);
    if (this.#effects.some((one) => one.at <= at && one.by === "cancel")) return "cancelled";
    if (profile === "D" && returned + this.#tries.length > 0) return isUnsure ? "unsure" : "paid";
    if (returned >= paidMinor || (returned > 0 && readsBy !== "number")) return "refunded";
    if (this.#isMovingAt(at)) return "refund-accepted";
    if (this.#tries.some((one) => one.isFailing && one.settledAt <= at)) return "refund-failed";
    if (this.#paidAt <= at) return "paid";
    return this.#closedAt <= at ? "not-paid" : "waiting";
  }

  #byNumber(no: string, at: number): Reading {
    const found = this.#effects.find((one) => one.no === no && one.at <= at);
    if (found) return { by: "number", state: "refunded", refundedMinor: found.amountMinor };
    const isMoving = this.#tries.some((one) => one.no === no && one.at <= at && at < one.settledAt);
    return { by: "number", state: isMoving ? "moving" : "not-listed", refundedMinor: 0 };
  }
}
