import { asc, count, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { auditEvent, moneyOp, payOrder } from "#lib/db/schema.ts";
import { env } from "#lib/env.ts";
import { readHeadFile } from "#lib/use-cases/restore/head-file.ts";
import { movesTold, timesSent } from "../faults/parts/witness.ts";
import { isExhaustive } from "../thoroughness.ts";
import { freeLanes, outliveTheDead, passQuietTime } from "./passing.ts";
import { insist, openScene, type Scene } from "./scene.ts";
import { openTill, type Sale, siam, type Till, xinyi } from "./till.ts";

/** `npm run faults` runs the whole numbers of issue 3, `npm test` a few of each. */
const kills = isExhaustive ? 100 : 4;
const stops = isExhaustive ? 50 : 3;
/** How soon after the database's return the dashboard answers, in ms. */
const backWithinMs = 5_000;
/** How long after the lane was taken it is struck at the latest, in ms: two calls and the gap between them. */
const momentMs = 300;
const workWithinMs = 3_000;
/** In the long run the witnesses are asked after so many rounds. */
const roundsBetweenLooks = 10;
const timeout = isExhaustive ? 3_600_000 : 120_000;

let scene: Scene;
/** 信義店 over Scan2Pay and Siam over Ksher, taking turns. */
let tills: readonly Till[] = [];
/** Orders whose money goes back. */
const sales: (Sale & { readonly till: Till })[] = [];
let approvals = 0;

beforeAll(async () => {
  scene = await openScene();
  const { databaseUrl, controls } = scene;
  tills = [
    await openTill({ databaseUrl, control: controls.scan2pay }, xinyi),
    await openTill({ databaseUrl, control: controls.ksher }, siam),
  ];
}, 120_000);
afterAll(async () => {
  for (const till of tills) await till.close();
  await scene?.close();
});

/** One more order, the money of which is to go back. */
async function sell(): Promise<(typeof sales)[number]> {
  const till = tills[sales.length % tills.length];
  if (!till) throw new Error("the tills are open once the tests run");
  const sale = { ...(await till.sell()), till };
  sales.push(sale);
  return sale;
}

async function giveBack({ till, ...sale }: (typeof sales)[number]): Promise<void> {
  await till.giveBack(sale);
  approvals += 1;
}

/** The books, whichever till looks at them. */
function books(): Till["database"] {
  const [till] = tills;
  if (!till) throw new Error("the tills are open once the tests run");
  return till.database;
}
const ofSiam = () => sales.filter(({ till }) => till === tills[1]).length;

/** Some moment of a call, or just after one: the lane was taken, and whatever happens then is what is hit. */
async function someMoment(): Promise<void> {
  const taken = sql`select 1 from gateway_lane where holder is not null`;
  const isAtWork = async () => ((await books().db.execute(taken)).rows.length > 0 ? true : null);
  // It may have done everything between two looks: then it is struck while it has nothing to do.
  await insist("the dashboard is at work", isAtWork, workWithinMs).catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * momentMs));
}

/** Every operation is at rest: final and seen, or before people. */
async function comeToRest(): Promise<void> {
  const open = sql`
    select 1 from money_op where state in ('READY', 'SENDING', 'UNKNOWN', 'PENDING') or (state = 'SUCCEEDED' and confirmed_at is null) limit 1`;
  await insist(
    "every operation is at rest",
    async () => {
      await passQuietTime(books());
      return (await books().db.execute(open)).rows.length === 0 ? true : null;
    },
    120_000,
  );
}

type Shown = { storeOrderNo: string; effects: { kind: string; amount: number }[] };

/** What the gateway's ledger says went back, order by order. */
async function returned(): Promise<ReadonlyMap<string, readonly number[]>> {
  const ledgers = Object.values(scene.controls).map((control) => control("GET", "orders"));
  const shown = ((await Promise.all(ledgers)) as Shown[][]).flat();
  const amounts = ({ effects }: Shown) =>
    effects.filter(({ kind }) => kind === "refund").map(({ amount }) => amount);
  return new Map(shown.map((order) => [order.storeOrderNo, amounts(order)]));
}

/** Exactly what the books call done has happened, nothing twice, and the audit tells every move of it. */
async function mustHold(): Promise<void> {
  const { db } = books();
  const effects = await returned();
  for (const { id, orderNo, amountMinor } of sales) {
    const ops = await db
      .select()
      .from(moneyOp)
      .where(eq(moneyOp.orderId, id))
      .orderBy(asc(moneyOp.createdAt));
    const done = ops.filter(({ state }) => state === "SUCCEEDED").map(() => amountMinor);
    expect([orderNo, effects.get(orderNo)]).toEqual([orderNo, done]);
    for (const op of ops) {
      expect(await movesTold({ database: books() }, op)).toBe("whole");
      expect(await timesSent({ database: books() }, op)).toBeLessThanOrEqual(1);
    }
  }
  expect(await verifyAudit(books())).toMatchObject({ isWhole: true });
  const copy = await readHeadFile(env().STOREDESK_HEAD_FILE);
  const [line] = await db
    .select()
    .from(auditEvent)
    .where(eq(auditEvent.seq, copy?.seq ?? -1));
  expect(line?.hash).toBe(copy?.hash);
  const [told] = await db
    .select({ n: count() })
    .from(auditEvent)
    .where(sql`action = 'approve-refund' and outcome = 'done'`);
  expect(told?.n).toBe(approvals);
  for (const control of Object.values(scene.controls)) expect(await control("GET", "locks")).toEqual([]);
}

/** Asks the witnesses after every tenth round. */
async function lookAt(round: number, what: () => string): Promise<void> {
  if ((round + 1) % roundsBetweenLooks !== 0) return;
  await comeToRest();
  await mustHold();
  console.log(`held after ${round + 1} ${what()}`);
}

test(`kill -9 of the dashboard ${kills} times while refunds flow: nothing twice, nothing lost`, {
  timeout,
}, async () => {
  const readyMs: number[] = [];
  const diedIn: string[] = [];
  for (let round = 0; round < kills; round += 1) {
    await giveBack(await sell());
    await someMoment();
    scene.killDashboard();
    diedIn.push(await outliveTheDead(books()));
    readyMs.push(await scene.untilWell());
    await lookAt(round, () => `kills, in ${diedIn.join(", ")}`);
  }
  await comeToRest();
  await mustHold();
  const inSend = diedIn.filter((what) => what === "send").length;
  const inQuestion = diedIn.filter((what) => what === "question").length;
  console.log(
    `${kills} × kill -9 (${inSend} in a send, ${inQuestion} in a question), ${sales.length} refunds, ${ofSiam()} of them over Ksher; a new one answered after at most ${Math.max(...readyMs)} ms`,
  );
});

test(`immediate stop of PostgreSQL ${stops} times while refunds flow: the dashboard answers within 5 s of its return`, {
  timeout,
}, async () => {
  const before = sales.length;
  const backMs: number[] = [];
  for (let round = 0; round < stops; round += 1) {
    const giving = giveBack(await sell());
    await someMoment();
    await scene.stopPostgresAtOnce();
    backMs.push(await scene.untilWell());
    await insist("the lanes are free", () => freeLanes(books()).then(() => true));
    await giving;
    await lookAt(round, () => `stops, answered after ${backMs.join(", ")} ms`);
  }
  await comeToRest();
  await mustHold();
  expect(Math.max(...backMs)).toBeLessThan(backWithinMs);
  console.log(
    `${stops} × immediate stop, ${sales.length - before} refunds; it answered after at most ${Math.max(...backMs)} ms`,
  );
});

test("what people had to settle is asked for once more: in the end every order has gone back exactly once", {
  timeout,
}, async () => {
  const byHand = (await Promise.all(tills.map((till) => till.settleByHand()))).flat();
  for (const sale of sales.filter(({ orderNo }) => byHand.includes(orderNo))) await giveBack(sale);
  await comeToRest();
  await mustHold();
  const effects = await returned();
  expect(sales.map(({ orderNo }) => effects.get(orderNo))).toEqual(
    sales.map(({ amountMinor }) => [amountMinor]),
  );
  const { db } = books();
  const [ops] = await db
    .select({ n: count() })
    .from(moneyOp)
    .innerJoin(payOrder, eq(payOrder.id, moneyOp.orderId));
  console.log(
    `${sales.length} orders, ${ofSiam()} of them over Ksher, ${ops?.n} operations, ${byHand.length} settled by two people`,
  );
});
