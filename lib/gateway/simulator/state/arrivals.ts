import type { Arrival } from "./arrival.ts";
import type { Gatehouse, PaceSettings } from "./gatehouse.ts";

type Paced = Gatehouse & { settings: PaceSettings };
const arrivalsMax = 50_000;

/** Notes an arrival and locks the caller when a status query comes too soon after the previous answer. */
export function noteArrival(
  house: Paced,
  call: Pick<Arrival, "service" | "mchId" | "storeOrderNo" | "address" | "arrivedAt" | "canonical">,
): Arrival {
  const others = [...house.running].filter(({ mchId }) => call.mchId !== "" && mchId === call.mchId);
  const pace = house.pace.get(call.mchId);
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
  if (isQuery(house, call))
    arrival.gapMs = others.some((one) => isQuery(house, one)) ? 0 : since(pace?.queryEndedAt);
  house.running.add(arrival);
  house.arrivals.push(arrival);
  if (house.arrivals.length > arrivalsMax) house.arrivals.shift();
  judgeGap(house, arrival);
  return arrival;
}

/** A violation inside a lock does not make the lock longer. */
function judgeGap(house: Paced, arrival: Arrival): void {
  const { rateLimit, queryGapMs, lockMs } = house.settings;
  arrival.isViolation = rateLimit && arrival.gapMs !== null && arrival.gapMs < queryGapMs;
  if (arrival.isViolation && !isLocked(house, arrival.address))
    house.locks.set(arrival.address, arrival.arrivedAt + lockMs);
}

/** The answer left, or one side hung up. */
export function noteEnd(house: Gatehouse, arrival: Arrival, isAborted: boolean): void {
  if (!house.running.delete(arrival)) return;
  const now = house.clock.now();
  if (isAborted) arrival.abortedAt = now;
  else arrival.answeredAt = now;
  if (arrival.mchId === "") return;
  const queryEndedAt = isQuery(house, arrival) ? now : (house.pace.get(arrival.mchId)?.queryEndedAt ?? null);
  house.pace.set(arrival.mchId, { callEndedAt: now, queryEndedAt });
}

/** When the clock goes back, gaps and locks stay as long as they were. */
export function noteClockBack(house: Gatehouse, byMs: number): void {
  for (const [address, until] of house.locks) house.locks.set(address, until - byMs);
  for (const [mchId, { callEndedAt, queryEndedAt }] of house.pace) {
    const earlier = queryEndedAt === null ? null : queryEndedAt - byMs;
    house.pace.set(mchId, { callEndedAt: callEndedAt - byMs, queryEndedAt: earlier });
  }
}

export function isLocked(house: Gatehouse, address: string): boolean {
  return (house.locks.get(address) ?? 0) > house.clock.now();
}

function isQuery({ statusQueries }: Gatehouse, { service }: Pick<Arrival, "service">): boolean {
  return statusQueries.includes(service);
}
