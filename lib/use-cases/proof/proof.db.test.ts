import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { accountChore, dailyProof, incident } from "#lib/db/schema.ts";
import { lastClosedDay } from "#lib/domain/recovery/business-day.ts";
import { openCounter } from "#test/counter.ts";
import { recoveryOf } from "#test/recovery.ts";
import { sweep } from "../find-out/sweep.ts";
import { runProof } from "./plan-proofs.ts";

const counter = openCounter();
const { open, control, hire, order, settled } = counter;
const { sent } = recoveryOf(counter);
const db = () => counter.database.db;

/** Today counts as over: the store's day is cut a minute ago, so its last closed day holds what was done before. */
async function closeToday(): Promise<string> {
  const cut = new Date(Date.now() - 60_000);
  const zone = { timeZone: "Asia/Taipei", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const dayCutAt = new Intl.DateTimeFormat("en-GB", zone).format(cut);
  await db().execute(sql`update store set day_cut_at = ${dayCutAt}`);
  return lastClosedDay(new Date(), { timeZone: "Asia/Taipei", dayCutAt }).day;
}
/** As if everything that moved so far had moved ten minutes ago, at both sides. */
const earlier = async () => {
  await db().execute(
    sql`update money_op set fence = fence + 1, last_sent_at = last_sent_at - interval '20 minutes'`,
  );
};
const newest = async () => (await db().select().from(dailyProof).orderBy(desc(dailyProof.ranAt)).limit(1))[0];
const proofs = async () => (await db().select().from(dailyProof)).length;

describe("the daily proof", () => {
  test("ours and theirs agree: four empty lists; a portal refund turns the day red until it is proven again", async () => {
    await control("POST", "clock", { offsetMs: -20 * 60_000 });
    const at = await order("paid");
    await sent(at);
    await settled(at, "SUCCEEDED");
    await expect
      .poll(
        async () => (await db().execute(sql`select 1 from money_op where confirmed_at is null`)).rows.length,
      )
      .toBe(0);
    await earlier();
    const day = await closeToday();
    const account = open().shop.account.slug;
    const run = (by = open().manager) => runProof(open().ctx, by, { account, day });
    expect(await run(open().cashier)).toEqual({ ok: false, refusal: { why: "notAllowed" } });
    const stranger = { ...(await hire(open().shop.shop.id, "manager")) };
    await db().execute(sql`delete from staff_store where staff_id = ${stranger.staffId}`);
    expect(await run(stranger)).toEqual({ ok: false, refusal: { why: "notFound" } });
    expect(await runProof(open().ctx, open().manager, { account, day: "2999-01-01" })).toEqual({
      ok: false,
      refusal: { why: "dayNotOver" },
    });
    expect(await run()).toEqual({ ok: true, value: null });
    await expect.poll(proofs, { timeout: 10_000 }).toBe(1);
    expect(await newest()).toMatchObject({ isClean: true, method: "list", ourCount: 1, theirCount: 1 });

    const other = await order("paid");
    await control("POST", `orders/${other.orderNo}/refund`, {});
    await run();
    await expect.poll(proofs, { timeout: 10_000 }).toBe(2);
    expect((await newest())?.lists).toEqual({
      oursOnly: [],
      theirsOnly: [{ orderNo: other.orderNo, amountMinor: 1000 }],
      amountDiffers: [],
      moreThanOne: [],
    });
    const [told] = await db().select().from(incident).where(eq(incident.kind, "proofMismatch"));
    expect(told).toMatchObject({ closedAt: null, facts: { day, counts: "0/1/0/0" } });
  });

  test("the clerk proves each closed day once, half an hour after its cut, and not days from before the account", async () => {
    await db().execute(sql`delete from account_chore where kind = 'proof'`);
    await db().execute(sql`update store set day_cut_at = '00:00'`);
    await sweep(open().ctx);
    expect(await db().select().from(accountChore).where(eq(accountChore.kind, "proof"))).toEqual([]);
    await db().execute(sql`update merchant_account set created_at = created_at - interval '3 days'`);
    await sweep(open().ctx);
    await sweep(open().ctx);
    const rows = await db().select().from(accountChore).where(eq(accountChore.kind, "proof"));
    const { day, to } = lastClosedDay(new Date(), { timeZone: "Asia/Taipei", dayCutAt: "00:00" });
    expect(rows).toMatchObject([{ subject: day, dueAt: new Date(to.getTime() + 30 * 60_000) }]);
  });
});
