/**
 * `npm run soak -- --minutes 5`: two instances on one database, forty status pollers each, the strict simulator at its
 * real 2,000 ms; prints what was counted and a verdict, and fails when a promise was broken.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { paths } from "#lib/domain/paths.ts";
import { comeIn, type Teller } from "#test/teller.ts";
import { runScript } from "../launch/programs.mjs";
import { type Arrival, judge, type Status } from "./judge.ts";
import { openStage, type Stage } from "./stage.ts";
import { keepWatching, type Watch } from "./watchers.ts";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "5" } } });
const minutes = Number(values.minutes);
if (!(minutes > 0 && minutes <= 600)) {
  console.error(`--minutes must be a number above 0, not "${values.minutes}".`);
  process.exit(1);
}

const account = "xinyi";
const refundedMinor = 700;
const [crowded, lonely, paidMeanwhile, refunded, alsoWaiting] = [
  "S-CROWD",
  "S-LONE",
  "S-PAID",
  "S-BACK",
  "S-WAIT",
];
/** Where each order stands at the end. */
const ends = [
  [crowded, "waiting"],
  [lonely, "waiting"],
  [paidMeanwhile, "paid"],
  [refunded, "refunded"],
] as const;
const settlePatienceMs = 30_000;

async function control<T>(stage: Stage, path: string, body?: object): Promise<T> {
  const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const answer = await fetch(`${stage.control}/${path}`, init);
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

/** The orders at the gateway, each looked up once on the counter's search page. */
async function layOut(stage: Stage, teller: Teller): Promise<void> {
  for (const storeOrderNo of [crowded, lonely, paidMeanwhile, refunded, alsoWaiting]) {
    const isPaid = storeOrderNo === refunded;
    const order = { storeOrderNo, totalFee: refundedMinor, state: isPaid ? "paid" : "open" };
    await control(stage, "orders", order);
    await (await teller.get(stage.instances[0] + paths.search(storeOrderNo))).text();
    const { status } = await teller.get(stage.instances[0] + paths.orderStatus(account, storeOrderNo));
    if (status !== 200) throw new Error(`The counter did not find ${storeOrderNo} (${status}).`);
  }
}

/** Forty watches an instance: twenty on the crowded order, one in all on the lonely one, the rest on the others. */
function watchesOf(stage: Stage, tellers: readonly Teller[]): Watch[] {
  const others = [paidMeanwhile, refunded, alsoWaiting];
  return stage.instances.flatMap((instance, at) =>
    Array.from({ length: 40 }, (_, n) => {
      const other = others[n % others.length] ?? alsoWaiting;
      const orderNo = n < 20 ? crowded : n === 20 && at === 0 ? lonely : other;
      const teller = tellers[n % tellers.length];
      if (!teller) throw new Error("nobody is signed in");
      return { address: instance + paths.orderStatus(account, orderNo), teller };
    }),
  );
}

/** The order's status as both instances tell it in one and the same moment of its books. */
async function bothAnswers(
  stage: Stage,
  teller: Teller,
  orderNo: string,
): Promise<readonly [Status, Status]> {
  const ask = async (at: 0 | 1): Promise<Status> => {
    const { state, asOf, isSettled } = await (
      await teller.get(stage.instances[at] + paths.orderStatus(account, orderNo))
    ).json();
    return { state, asOf, isSettled };
  };
  for (let tries = 0; ; tries += 1) {
    const [before, other, after] = [await ask(0), await ask(1), await ask(0)];
    if (before.asOf === after.asOf || tries === 9) return [after, other];
  }
}

async function refundsOf(stage: Stage): Promise<number[]> {
  type Shown = { effects: { kind: string; amount: number }[] };
  const [order] = await control<Shown[]>(stage, `orders?storeOrderNo=${refunded}`);
  return (order?.effects ?? []).flatMap(({ kind, amount }) => (kind === "refund" ? [amount] : []));
}

async function run(stage: Stage): Promise<number> {
  const names = ["cashier", "manager", "manager2", "owner"];
  const tellers = await Promise.all(names.map((name) => comeIn(stage.instances[0], name)));
  const [teller] = tellers;
  if (!teller) throw new Error("nobody is signed in");
  await layOut(stage, teller);
  const ending = new AbortController();
  const { now: beganAt } = await control<{ now: number }>(stage, "clock");
  const watching = keepWatching(watchesOf(stage, tellers), ending.signal);
  await sleep(minutes * 20_000);
  await control(stage, `orders/${paidMeanwhile}/pay`, {});
  const env = { ...stage.env, REFUND_ORDER_NO: refunded };
  await runScript("test/approved-refund.ts", env, ending.signal);
  await sleep(minutes * 40_000);
  const { now: endedAt } = await control<{ now: number }>(stage, "clock");
  const arrivals = (await control<Arrival[]>(stage, `arrivals?since=${beganAt}`)).filter(
    ({ arrivedAt }) => arrivedAt <= endedAt,
  );
  ending.abort();
  const polls = await watching;
  const until = Date.now() + settlePatienceMs;
  while ((await refundsOf(stage)).length === 0 && Date.now() < until) await sleep(500);
  const answers = [];
  for (const [orderNo, wanted] of ends)
    answers.push({ wanted, told: await bothAnswers(stage, teller, orderNo) });
  const checks = judge({
    ...{ watchedMs: endedAt - beganAt, arrivals, crowded, lonely, polls, refundedMinor, answers },
    locks: await control<unknown[]>(stage, "locks"),
    refundsMinor: await refundsOf(stage),
    restarts: stage.restarts,
  });
  for (const { name, isGood, said } of checks)
    console.log(`${isGood ? "ok    " : "FAILED"} ${name}: ${said}`);
  console.log(`       polls: 95 of 100 answered within ${polls.p95Ms} ms`);
  const wrong = checks.filter(({ isGood }) => !isGood).length;
  console.log(
    wrong === 0 ? `Soak of ${minutes} min: passed` : `Soak of ${minutes} min: ${wrong} promises broken`,
  );
  return wrong === 0 ? 0 : 1;
}

const stage = await openStage();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void stage.stop().then(() => process.exit(130)));
try {
  process.exitCode = await run(stage);
} finally {
  await stage.stop();
}
