import { setTimeout } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { takeLane } from "#lib/db/lane.ts";
import { gatewayLane, merchantAccount } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { queryInSlot } from "#lib/use-cases/ask-gateway.ts";
import { provision } from "#lib/use-cases/provision.ts";
import { openCounter } from "../counter.ts";

const counter = openCounter({ hasClerk: false });
const { open, control } = counter;
/** A tenth of what is kept in the shop, in ms, and far more room: in one process the gateway may note an answer long after we read it. */
const gaps = { ours: 600, theirs: 200 };
const turnsMin = 12;
/** Forty that ask without a breath keep the one process of this test, gateway included, from answering anybody. */
const pollMs = 50;

type Arrival = { gapMs: number | null; isViolation: boolean };

test("two shops ask as one merchant, forty pollers at once: the strict gateway sees no two questions closer than its gap", async () => {
  const { simulator, ctx } = open();
  const { db } = counter.database;
  const stores = ["90011", "90012"].map((code) => ({
    ...{ code, name: code, timeZone: "Asia/Taipei", currency: "TWD" },
  }));
  const merchantAccounts = stores.map(({ code }) => ({
    ...simulator.entry,
    slug: `at-${code}`,
    store: code,
  }));
  expect(await provision(counter.database, { stores, merchantAccounts })).toMatchObject({ ok: true });
  await db.update(gatewayLane).set({ gapMs: gaps.ours });
  await control("POST", "settings", { queryGapMs: gaps.theirs });
  const at = await counter.order("paid");
  // It was looked up by the counter's own account, whose lane is another one.
  await setTimeout(2 * gaps.theirs);
  const accounts = await Promise.all(
    merchantAccounts.map(async ({ slug }) => {
      const [row] = await db.select().from(merchantAccount).where(eq(merchantAccount.slug, slug));
      return ctx.openAccount(row?.id ?? "");
    }),
  );
  const before = (await control("GET", "arrivals")).length;
  const turns = new Map<string, number>();
  const count = () => [...turns.values()].reduce((sum, one) => sum + one, 0);
  const poll = async (no: number) => {
    const account = accounts[no % accounts.length];
    while (account && count() < turnsMin) {
      const wish = { holder: ctx.instanceId, ttlMs: limits.laneQueryTtlMs, by: "watch" } as const;
      const slot = await takeLane(counter.database, account.id, wish);
      if (!slot) {
        await setTimeout(pollMs);
        continue;
      }
      await queryInSlot(ctx, { account, slot }, at.orderNo);
      turns.set(account.slug, (turns.get(account.slug) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 40 }, (_, no) => poll(no)));
  const arrivals: Arrival[] = (await control("GET", "arrivals")).slice(before);
  expect(arrivals.length).toBeGreaterThanOrEqual(turnsMin);
  expect(arrivals.filter(({ isViolation }) => isViolation)).toEqual([]);
  expect(Math.min(...arrivals.map(({ gapMs }) => gapMs ?? gaps.theirs))).toBeGreaterThanOrEqual(gaps.theirs);
  expect([...turns.keys()].toSorted()).toEqual(["at-90011", "at-90012"]);
});
