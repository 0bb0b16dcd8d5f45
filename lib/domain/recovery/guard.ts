import type { GatewayOrderState } from "../gateway-facts.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** When a cancelled order is looked at again, in ms after the cancel (money.md 2.10): then daily for seven days. */
const firstLooksMs: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12, 24, 29, 48].map((hours) => hours * hourMs),
];
const dailyLooks = 7;

/** The instants at which a cancelled order is asked about, because a saved QR code can still be paid. */
export function guardSchedule(cancelledAt: Date): readonly Date[] {
  const last = firstLooksMs.at(-1) ?? 0;
  const daily = Array.from({ length: dailyLooks }, (_, day) => last + (day + 1) * dayMs);
  return [...firstLooksMs, ...daily].map((ms) => new Date(cancelledAt.getTime() + ms));
}

/** What a reading of an order says to the guard. */
export type GuardFacts = {
  /** Our cancel stands: it succeeded. */
  readonly isCancelled: boolean;
  readonly gatewayState: GatewayOrderState;
  readonly paidMinor: number;
  readonly returnedMinor: number;
};

/** Whether the customer paid after the cancel and the money is still here. */
export function isPaidAfterCancel(facts: GuardFacts): boolean {
  return facts.isCancelled && facts.gatewayState === "paid" && facts.returnedMinor < facts.paidMinor;
}
