/** B7, B8 and the second half of B11: many open pages. */
import { setTimeout as sleep } from "node:timers/promises";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import { readingIntervalMs } from "#lib/domain/reading-pace.ts";
import { comeIn, type Teller } from "#test/teller.ts";
import { keepWatching, type Watch } from "../../scripts/soak/watchers.ts";
import { atLeast, atMost, beyond, type Figure, quantile, type Size, timed, within } from "../measure.ts";
import { account, type BenchStage, knownNo } from "../stage.ts";
import { hire } from "./people.ts";

const connections = 32;

/** Requests a second of `connections` callers that each ask again at once, for so long. */
async function rate(ask: () => Promise<Response>, forMs: number): Promise<number> {
  const until = performance.now() + forMs;
  let answered = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const answer = await ask();
        await answer.text();
        if (answer.status !== 200) throw new Error(`a poll was answered ${answer.status}`);
        answered += 1;
      }
    }),
  );
  return (answered * 1000) / forMs;
}

/** Both addresses turn by turn, half a second each. */
async function rates(stage: BenchStage, turns: number) {
  const address = stage.instances[0] + paths.orderStatus(account, knownNo);
  const sums = { ours: 0, peer: 0 };
  for (let turn = 0; turn < turns; turn += 1) {
    sums.ours += await rate(() => stage.cashier.get(address), 500);
    sums.peer += await rate(() => fetch(`${stage.bare}/api/row`), 500);
  }
  return { ours: sums.ours / turns, peer: sums.peer / turns };
}

type Arrival = { readonly accountGapMs: number | null; readonly service: string };

/** Every list and question of the lane has come round once before ages are read. */
const settledAfterMs = 30_000;

/** Ages of the books about these orders in seconds, and times of the bare handler at the side, until told to stop. */
async function sample(stage: BenchStage, numbers: readonly string[], signal: AbortSignal) {
  const ages: number[] = [];
  const bareMs: number[] = [];
  const began = performance.now();
  while (!signal.aborted) {
    for (let n = 0; n < 20 && !signal.aborted; n += 1) {
      bareMs.push(await timed(async () => (await fetch(`${stage.bare}/api/row`)).text()));
      await sleep(100);
    }
    const { rows } = await stage.books.query<{ age: number }>(
      `select extract(epoch from clock_timestamp() - as_of_at) as age from pay_order where order_no = any($1)`,
      [numbers],
    );
    if (performance.now() - began >= settledAfterMs || signal.aborted)
      ages.push(...rows.map(({ age }) => Number(age)));
  }
  return { ages, bareMs };
}

/** `pollers` pages on `orders` orders that wait for their money, at all instances in turn, at the pages' own pace. */
async function crowd(
  stage: BenchStage,
  { orders, pollers, forMs }: { orders: number; pollers: number; forMs: number },
) {
  const numbers = Array.from({ length: orders }, (_, n) => `W-${String(n).padStart(4, "0")}`);
  const tellers: Teller[] = [];
  for (const username of await hire(Math.ceil(orders / limits.watchedOrdersPerStaffMax)))
    tellers.push(await comeIn(stage.instances[0], username));
  for (const no of numbers) await stage.order(no, "open");
  await stage.known(numbers);
  const watches = Array.from({ length: pollers }, (_, n): Watch[] => {
    const no = numbers[n % orders];
    const teller = tellers[Math.floor((n % orders) / limits.watchedOrdersPerStaffMax)];
    const instance = stage.instances[n % stage.instances.length];
    return no && teller && instance ? [{ address: instance + paths.orderStatus(account, no), teller }] : [];
  }).flat();
  const ending = new AbortController();
  const { now } = await stage.control<{ now: number }>("clock");
  const watching = keepWatching(watches, ending.signal);
  const sampling = sample(stage, numbers, ending.signal);
  await sleep(forMs);
  ending.abort();
  const { answers, failed } = await watching;
  const tookMs = answers.map((one) => one.tookMs);
  const laterMs = answers.filter(({ sinceMs }) => sinceMs >= settledAfterMs).map((one) => one.tookMs);
  const arrivals = await stage.control<Arrival[]>(`arrivals?since=${now}`);
  const gaps = arrivals.flatMap(({ accountGapMs }) => (accountGapMs === null ? [] : [accountGapMs]));
  const lists = arrivals.filter(({ service }) => service === "OrderQuery").length;
  return { tookMs, laterMs, failed, gaps, lists, calls: arrivals.length, ...(await sampling) };
}

export async function status(stage: BenchStage, size: Size, minutes: number | null): Promise<Figure[]> {
  const isSmall = size === "small";
  const { ours, peer } = await rates(stage, isSmall ? 1 : 20);
  // The bare handler and the first instance are warm from this; so are the others before the crowd comes.
  for (const instance of stage.instances.slice(1))
    await rate(
      () => stage.cashier.get(instance + paths.orderStatus(account, knownNo)),
      isSmall ? 200 : 5_000,
    );
  const idle = stage.memory();
  const shape = isSmall
    ? { orders: 6, pollers: 12, forMs: 8_000 }
    : { orders: 200, pollers: 500, forMs: (minutes ?? 10) * 60_000 };
  const { tookMs, laterMs, failed, gaps, ages, bareMs, lists, calls } = await crowd(stage, shape);
  const busy = stage.memory();
  const slots = shape.forMs / limits.laneGapMs;
  const who = `${shape.pollers} pages on ${shape.orders} orders, ${stage.instances.length} instance(s), ${shape.forMs / 1000} s`;
  return [
    atLeast("B7", `status answers a second at ${connections} connections`, {
      ...{ ours, peer, limit: 0.8, unit: "/s" },
    }),
    {
      ...within("B7", `status address, 99th of 100; ${who}`, { ours: quantile(tookMs, 0.99), limit: 20 }),
      peer: quantile(bareMs, 0.99),
    },
    ...(laterMs.length > 0
      ? [within("B7", "the same without the first half minute", { ours: quantile(laterMs, 0.99), limit: 20 })]
      : []),
    within("B7", "the same, half of them", { ours: quantile(tookMs, 0.5), limit: 20 }),
    within("B8", "polls that were not answered", { ours: failed.length, limit: 0, unit: "" }),
    within("B8", "gaps under 2,000 ms at the gateway", {
      ...{ ours: gaps.filter((gap) => gap < 2_000).length, limit: 0, unit: "" },
    }),
    beyond("B8", "smallest gap at the gateway", { ours: Math.min(...gaps), limit: 2_000, unit: "ms" }),
    beyond("B8", "share of the lane's slots that were used", { ours: calls / slots, limit: 0.9, unit: "" }),
    beyond("B8", "lists among these calls", { ours: lists, limit: 1, unit: "" }),
    within("B8", "age of the books about these orders, 95th of 100", {
      ...{
        ours: quantile(ages, 0.95),
        limit: Math.round(readingIntervalMs(shape.orders, limits.laneGapMs, shape.orders) * 1.1) / 1000,
      },
      unit: "s",
    }),
    atMost("B11", "memory of an instance at rest", {
      ours: idle.ours,
      peer: idle.bare,
      limit: 1.3,
      unit: "MB",
    }),
    atMost("B11", "memory of an instance after these polls", {
      ...{ ours: busy.ours, peer: idle.ours, limit: 1.2, unit: "MB" },
    }),
  ];
}
