import type { Arrival } from "./arrival.ts";
import type { World } from "./world.ts";

export const statusQueries: readonly string[] = ["SingleOrderQuery", "OrderQuery", "OrderQuery1.1"];
const arrivalsMax = 50_000;

/** Notes an arrival and locks the caller when a status query comes too soon after the previous answer (row 19). */
export function noteArrival(
  world: World,
  call: { service: string; mchId: string; storeOrderNo: string | null; address: string },
): Arrival {
  const arrivedAt = world.clock.now();
  const last = world.lastAnswerAt.get(call.mchId);
  const isQuery = statusQueries.includes(call.service);
  const gapMs = isQuery && last !== undefined ? arrivedAt - last : null;
  const { rateLimit, queryGapMs, lockMs } = world.settings;
  const isViolation = rateLimit && gapMs !== null && gapMs < queryGapMs;
  if (isViolation) world.locks.set(call.address, arrivedAt + lockMs);
  const { address, ...named } = call;
  const arrival: Arrival = { ...named, arrivedAt, answeredAt: null, gapMs, code: "", isViolation };
  // An unanswered query counts as busy from its arrival, so that two at once are too soon as well.
  if (isQuery) world.lastAnswerAt.set(call.mchId, arrivedAt);
  world.arrivals.push(arrival);
  if (world.arrivals.length > arrivalsMax) world.arrivals.shift();
  return arrival;
}

/** The answer left, or the caller hung up. */
export function noteEnd(world: World, arrival: Arrival): void {
  arrival.answeredAt = world.clock.now();
  if (statusQueries.includes(arrival.service)) world.lastAnswerAt.set(arrival.mchId, arrival.answeredAt);
}

export function isLocked(world: World, address: string): boolean {
  return (world.locks.get(address) ?? 0) > world.clock.now();
}
