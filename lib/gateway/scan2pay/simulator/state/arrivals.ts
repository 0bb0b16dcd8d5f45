import type { Arrival } from "./arrival.ts";
import type { World } from "./world.ts";

export const statusQueries: readonly string[] = ["SingleOrderQuery", "OrderQuery", "OrderQuery1.1"];
const arrivalsMax = 50_000;

/** Notes an arrival and locks the caller when a status query comes too soon after the previous answer (row 19). */
export function noteArrival(
  world: World,
  call: Pick<Arrival, "service" | "mchId" | "storeOrderNo" | "address" | "arrivedAt">,
): Arrival {
  const others = [...world.running].filter(({ mchId }) => call.mchId !== "" && mchId === call.mchId);
  const pace = world.pace.get(call.mchId);
  const since = (endedAt: number | null | undefined) =>
    typeof endedAt === "number" ? Math.max(0, call.arrivedAt - endedAt) : null;
  const arrival: Arrival = {
    ...call,
    answeredAt: null,
    abortedAt: null,
    gapMs: null,
    accountGapMs: others.length > 0 ? 0 : since(pace?.callEndedAt),
    code: "",
    fault: null,
    isViolation: false,
  };
  if (isQuery(call)) arrival.gapMs = others.some(isQuery) ? 0 : since(pace?.queryEndedAt);
  world.running.add(arrival);
  world.arrivals.push(arrival);
  if (world.arrivals.length > arrivalsMax) world.arrivals.shift();
  judgeGap(world, arrival);
  return arrival;
}

/** A violation inside a lock does not make the lock longer. */
function judgeGap(world: World, arrival: Arrival): void {
  const { rateLimit, queryGapMs, lockMs } = world.settings;
  arrival.isViolation = rateLimit && arrival.gapMs !== null && arrival.gapMs < queryGapMs;
  if (arrival.isViolation && !isLocked(world, arrival.address))
    world.locks.set(arrival.address, arrival.arrivedAt + lockMs);
}

/** The answer left, or one side hung up. */
export function noteEnd(world: World, arrival: Arrival, isAborted: boolean): void {
  if (!world.running.delete(arrival)) return;
  const now = world.clock.now();
  if (isAborted) arrival.abortedAt = now;
  else arrival.answeredAt = now;
  if (arrival.mchId === "") return;
  const queryEndedAt = isQuery(arrival) ? now : (world.pace.get(arrival.mchId)?.queryEndedAt ?? null);
  world.pace.set(arrival.mchId, { callEndedAt: now, queryEndedAt });
}

/** When the clock goes back, gaps and locks stay as long as they were. */
export function noteClockBack(world: World, byMs: number): void {
  for (const [address, until] of world.locks) world.locks.set(address, until - byMs);
  for (const [mchId, { callEndedAt, queryEndedAt }] of world.pace) {
    const earlier = queryEndedAt === null ? null : queryEndedAt - byMs;
    world.pace.set(mchId, { callEndedAt: callEndedAt - byMs, queryEndedAt: earlier });
  }
}

export function isLocked(world: World, address: string): boolean {
  return (world.locks.get(address) ?? 0) > world.clock.now();
}

function isQuery({ service }: Pick<Arrival, "service">): boolean {
  return statusQueries.includes(service);
}
