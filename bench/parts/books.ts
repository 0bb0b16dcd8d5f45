/** B9 and B10: the list of orders as it grows, and the audit. */
import { sql } from "drizzle-orm";
import type pg from "pg";
import { readStaff } from "#lib/auth/current-staff.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { appendAudit, verifyAudit } from "#lib/db/audit.ts";
import { openDatabase } from "#lib/db/client.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { OrderFilter } from "#lib/domain/order-filter.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import type { Context } from "#lib/use-cases/context.ts";
import { findExact, listOrders } from "#lib/use-cases/list-orders.ts";
import { atMost, beyond, type Figure, quantile, type Size, timed, within } from "../measure.ts";
import { account, type BenchStage } from "../stage.ts";

const blank: OrderFilter = {
  ...{ no: null, store: null, account: null, state: null, amountMin: null, amountMax: null },
  ...{ day: null, dayTo: null, from: null, to: null },
};
const writers = 8;

const million = 1_000_000;

/** Orders of the demo shop over the last two years, half of them paid, numbered N0000001 and up. */
async function fill(books: pg.Pool, from: number, to: number): Promise<void> {
  for (let first = from; first <= to; first += million)
    await lay(books, first, Math.min(first + million - 1, to));
  await books.query("vacuum analyze pay_order");
  // What was just laid in is written out now, not while the list is read.
  await books.query("checkpoint");
}

async function lay(books: pg.Pool, from: number, to: number): Promise<void> {
  await books.query(
    `insert into pay_order (account_id, store_id, order_no, currency, gateway_state, amount_minor, paid_minor, paid_at, first_seen_at, as_of_at)
     select a.id, a.store_id, 'N' || lpad(n::text, 7, '0'), 'TWD', case when n % 2 = 0 then 'paid' else 'not-paid' end,
            100 + n % 5000, case when n % 2 = 0 then 100 + n % 5000 else 0 end,
            case when n % 2 = 0 then clock_timestamp() - n % 1051200 * interval '1 minute' end,
            clock_timestamp() - n % 1051200 * interval '1 minute', clock_timestamp()
       from generate_series($2::int, $3::int) n, merchant_account a where a.slug = $1`,
    [account, from, to],
  );
}

type Reading = { what: string; read: (n: number) => Promise<unknown> };

/** The questions staff ask of the list; the same ones at every size. */
function readings(ctx: Context, staff: CurrentStaff, orders: number): Reading[] {
  // One of the days that are full at every size: an order a minute.
  const day = (n: number) => new Date(Date.now() - (1 + (n % 5)) * 86_400_000).toISOString().slice(0, 10);
  const no = (n: number) => `N${String(1 + ((n * 7_919) % orders)).padStart(7, "0")}`;
  const list = (filter: Partial<OrderFilter>, before = null as { at: string; id: string } | null) =>
    listOrders(ctx, staff, { filter: { ...blank, ...filter }, before, after: null });
  let place: { at: string; id: string } | null = null;
  return [
    { what: "exact number", read: (n) => findExact(ctx, staff, no(n)) },
    { what: "the list of a number's first six characters", read: (n) => list({ no: no(n).slice(0, 6) }) },
    { what: "store, state and day", read: (n) => list({ store: "00001", state: "paid", day: day(n) }) },
    {
      what: "next page",
      read: async () => {
        place = (await list({}, place)).older;
      },
    },
  ];
}

async function times(all: Reading[], samples: number): Promise<Map<string, number[]>> {
  const took = new Map(all.map(({ what }) => [what, [] as number[]]));
  for (let n = 0; n < samples; n += 1)
    for (const { what, read } of all) took.get(what)?.push(await timed(() => read(n)));
  return took;
}

async function lists({ books }: BenchStage, size: Size, orders: number): Promise<Figure[]> {
  const database = openDatabase(String(process.env.DATABASE_URL));
  const entered = await signIn(database, {
    username: "cashier",
    password: "storedesk-demo",
    deviceId: "bench",
  });
  const staff = entered.ok ? await readStaff(database, entered.value, { isAction: true }) : null;
  if (!staff) throw new Error("the cashier was not let in");
  const ctx = makeContext(database);
  const [few, many] = size === "small" ? [1_000, 5_000] : [10_000, orders];
  const samples = size === "small" ? 10 : 1_000;
  await fill(books, 1, few);
  await times(readings(ctx, staff, few), 20);
  const short = await times(readings(ctx, staff, few), samples);
  await fill(books, few + 1, many);
  await times(readings(ctx, staff, few), 20);
  const long = await times(readings(ctx, staff, few), samples);
  await database.pool.end();
  return [...long].map(([what, took]) =>
    atMost(
      "B9",
      `${what}, ${many.toLocaleString("en")} orders beside ${few.toLocaleString("en")}; 95th of 100`,
      {
        ours: quantile(took, 0.95),
        peer: quantile(short.get(what) ?? [], 0.95),
        limit: many > million ? 1.5 : 1.2,
      },
    ),
  );
}

async function audit(size: Size): Promise<Figure[]> {
  const database = openDatabase(String(process.env.DATABASE_URL), writers);
  const lines = size === "small" ? 40 : 4_000;
  const line = {
    ...{ action: "look-up", outcome: "done" as const, staffId: null, storeId: null, orderId: null },
    ...{ subject: "B-AUDIT", deviceId: null, facts: { orderNo: "B-AUDIT" } },
  };
  const took: number[] = [];
  const eachMs = await timed(() =>
    Promise.all(
      Array.from({ length: writers }, async () => {
        for (let n = 0; n < lines / writers; n += 1)
          took.push(await timed(() => withTx(database, (tx) => appendAudit(tx, line))));
      }),
    ),
  );
  const plain = await timed(async () => {
    for (let n = 0; n < lines / writers; n += 1)
      await database.db.execute(
        sql`insert into bench_line (facts) values (${JSON.stringify(line.facts)}::jsonb)`,
      );
  });
  let seen = 0;
  const verifiedMs = await timed(async () => {
    const check = await verifyAudit(database);
    if (!check.isWhole) throw new Error("the audit is not whole");
    seen = check.lines;
  });
  await database.pool.end();
  return [
    beyond("B10", `audit lines a second, ${writers} writers`, {
      ours: (lines * 1000) / eachMs,
      limit: 500,
      unit: "/s",
    }),
    within("B10", "one line with its commit, 95th of 100", { ours: quantile(took, 0.95), limit: 20 }),
    atMost("B10", "one line beside one plain insert, alone on its connection each", {
      ...{ ours: eachMs / lines, peer: plain / (lines / writers), limit: 3 },
    }),
    within("B10", "a million lines verified, reckoned from these", {
      ...{ ours: ((verifiedMs / seen) * 1_000_000) / 1000, limit: 10, unit: "s" },
    }),
  ];
}

/** `orders`: how many the list has in the end, for a measurement that is no small one. */
export async function books(stage: BenchStage, size: Size, orders: number): Promise<Figure[]> {
  await stage.books.query("create table if not exists bench_line (facts jsonb)");
  return [...(await audit(size)), ...(await lists(stage, size, orders))];
}
