import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { refundRequest } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { cancelOrder } from "#lib/use-cases/cancel-order.ts";
import { workAccount } from "#lib/use-cases/clerk.ts";
import type { Context } from "#lib/use-cases/context.ts";
import { sweep } from "#lib/use-cases/find-out/sweep.ts";
import { withdrawRefund } from "#lib/use-cases/withdraw-refund.ts";
import { type At, openCounter } from "../counter.ts";
import { isExhaustive } from "../thoroughness.ts";
import { type Chance, makeChance, spoilt, spoiltQueries } from "./parts/chance.ts";
import { opsOf, recoverAll } from "./parts/recover.ts";
import { blows, makeVictim } from "./parts/victim.ts";
import { effectsOf, movesTold, timesSent } from "./parts/witness.ts";

/** Waves of orders whose money moves all at once; with `STOREDESK_STORM_SEED` a wave's dice fall as they did (the machine's timing does not). */
const waves = isExhaustive ? 200 : 3;
const ordersInWave = 25;
const instances = 3;
/** Orders that people are at in the same moment: their presses fit into the pool. */
const peopleAtOnce = 4;
const strikesInWave = 12;
const seed = Number(process.env.STOREDESK_STORM_SEED ?? (isExhaustive ? Date.now() % 2 ** 31 : 20_261_125));

const counter = openCounter({ hasClerk: false });
const { open, control, order, ask, approve } = counter;
const account = () => open().shop.account.id;
const told = { deaths: 0, breaks: 0, orders: 0, ends: new Map<string, number>() };

beforeAll(async () => {
  await control("POST", "settings", { rateLimit: false });
  await counter.database.db.execute(sql`update gateway_lane set gap_ms = 0`);
});
afterAll(() => {
  const ends = [...told.ends].map(([state, count]) => `${state} ${count}`).join(", ");
  console.log(
    `\nstorm, seed ${seed}: ${told.orders} orders, ${told.deaths} deaths, ${told.breaks} broken lines; ${ends}\n`,
  );
});

/** The books' clock goes on by some seconds for everybody, also for those in the middle of a call, as for a suspended process. */
async function passSomeTime(): Promise<void> {
  await withTx(counter.database, async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`
      update money_op set lease_until = lease_until - interval '15 s', next_ask_at = least(next_ask_at, clock_timestamp())
       where id in (select id from money_op where state <> 'FAILED' and (lease_until is not null or next_ask_at > clock_timestamp())
                       for update skip locked)`);
    await tx.execute(sql`
      update gateway_lane set holder_until = holder_until - interval '15 s', next_free_at = clock_timestamp(),
             breaker_until = clock_timestamp(), trouble_count = 0
       where account_id in (select account_id from gateway_lane for update skip locked)`);
  });
}

type Story = { readonly at: At; readonly kind: "refund" | "withdraw" | "portal" | "cancel" };

async function newStory(chance: Chance): Promise<Story> {
  const kind = chance.oneOf(["refund", "refund", "refund", "withdraw", "portal", "cancel"] as const);
  const at = await order(kind === "cancel" ? "open" : "paid");
  const service = kind === "cancel" ? "CancelOrder" : "Refund";
  const lay = (fault: object) => control("POST", "faults", { ...fault, storeOrderNo: at.orderNo });
  if (chance.hits(0.65)) await lay({ ...chance.oneOf(spoilt), service });
  if (chance.hits(0.3)) await lay({ ...chance.oneOf(spoiltQueries), service: "SingleOrderQuery" });
  return { at, kind };
}

/** What people do about one order: every press twice at once, and by two managers. */
async function act({ at, kind }: Story): Promise<void> {
  const clientRequestId = randomUUID();
  if (kind === "cancel") {
    const cancel = () => cancelOrder(open().ctx, open().cashier, { ...at, clientRequestId });
    await Promise.all([cancel(), cancel()]);
    return;
  }
  const [asked] = await Promise.all([ask(at, clientRequestId), ask(at, clientRequestId)]);
  if (!asked.ok) throw new Error(asked.refusal.why);
  const { requestNo } = asked.value;
  await Promise.all([
    approve(at, requestNo),
    approve(at, requestNo, open().manager2),
    kind === "withdraw" ? withdrawRefund(open().ctx, open().cashier, { requestNo }) : null,
    kind === "portal" ? control("POST", `orders/${at.orderNo}/refund`).catch(() => null) : null,
  ]);
}

/** Instances of the clerk, one after the other, each struck somewhere, until it is over. */
async function clerks(chance: Chance, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const strike = { at: 1 + chance.below(300), blow: chance.oneOf(blows) };
    const victim = makeVictim(counter, strike);
    const isStruck = () => isOver() || victim.struckAt() !== null;
    const end = await victim.run((ctx) => clerk(ctx, chance, isStruck));
    if (end === "dead") told.deaths += 1;
    else if (victim.struckAt() !== null) told.breaks += 1;
    await victim.bury();
  }
}

async function clerk(ctx: Context, chance: Chance, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    if (chance.hits(0.05)) await sweep(ctx).catch(() => undefined);
    const did = await workAccount(ctx, account()).catch(() => "stumbled");
    if (did === "idle") await pause(2);
  }
}

async function mustHold({ at, kind }: Story): Promise<void> {
  const ops = await opsOf(counter, at);
  const refunds = (await effectsOf(counter, at)).filter((effect) => effect.kind === "refund");
  const ours = refunds.filter(({ origin }) => origin === "api");
  const [op] = ops;
  expect(ops.length).toBeLessThanOrEqual(1);
  expect([at.orderNo, refunds.length]).toEqual([at.orderNo, Math.min(refunds.length, 1)]);
  const requests = await counter.database.db
    .select()
    .from(refundRequest)
    .where(eq(refundRequest.orderId, at.id));
  expect(requests.length).toBe(kind === "cancel" ? 0 : 1);
  expect(requests.filter(({ status }) => status === "APPROVED").length).toBe(op?.kind === "REFUND" ? 1 : 0);
  told.orders += 1;
  told.ends.set(op?.state ?? "none", (told.ends.get(op?.state ?? "none") ?? 0) + 1);
  if (!op) return expect(ours).toEqual([]);
  if (op.kind === "REFUND") {
    expect({ no: at.orderNo, state: op.state, why: op.why, isBack: refunds.length === 1 }).toMatchObject({
      isBack: op.state === "SUCCEEDED" || (kind === "portal" && ours.length === 0 && refunds.length === 1),
    });
  }
  expect(await movesTold(counter, op)).toBe("whole");
  expect(await timesSent(counter, op)).toBeLessThanOrEqual(1);
}

test.each(Array.from({ length: waves }, (_, wave) => wave))(
  "wave %i: people, three instances that die, and a gateway that spoils two of three answers: nothing twice, lost or wrong",
  { timeout: 300_000 },
  async (wave) => {
    const chance = makeChance(seed + wave);
    const stories: Story[] = [];
    while (stories.length < ordersInWave) stories.push(await newStory(chance));
    let isOver = false;
    const working = Array.from({ length: instances }, () => clerks(chance, () => isOver));
    const time = (async () => {
      for (; !isOver; await pause(20)) await passSomeTime();
    })();
    const strikes = () => told.deaths + told.breaks;
    const before = strikes();
    try {
      for (let first = 0; first < stories.length; first += peopleAtOnce)
        await Promise.all(stories.slice(first, first + peopleAtOnce).map(act));
      await expect.poll(() => strikes() - before, { timeout: 60_000 }).toBeGreaterThan(strikesInWave);
    } finally {
      isOver = true;
      await Promise.all([...working, time]);
    }
    await control("DELETE", "faults");
    await recoverAll(
      counter,
      open().ctx,
      stories.map(({ at }) => at),
    );
    for (const story of stories) await mustHold(story);
    expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
  },
);
