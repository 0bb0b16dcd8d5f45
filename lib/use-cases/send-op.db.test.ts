import { eq } from "drizzle-orm";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#lib/db/client.ts";
import { evidence } from "#lib/db/schema.ts";
import { openCounter } from "#test/counter.ts";
import { recoveryOf } from "#test/recovery.ts";
import { callInSlot } from "./ask-gateway.ts";

const counter = openCounter();
const { open, order, returned, settled } = counter;
const { sent, opsOf } = recoveryOf(counter);

/** The commit that stores the answer to a send is done, and its acknowledgement is lost on the way, once. */
function loseAcknowledgement(): () => number {
  const { query } = pg.Client.prototype;
  const mayBeLost = new WeakSet<pg.Client>();
  let lost = 0;
  const lossy = async function (this: pg.Client, ...asked: unknown[]): Promise<unknown> {
    const [first] = asked;
    const text = typeof first === "string" ? first : String(Reflect.get(Object(first), "text"));
    if (text.startsWith('insert into "evidence"') && JSON.stringify(asked).includes("send"))
      mayBeLost.add(this);
    const answer: unknown = await Reflect.apply(query, this, asked);
    if (text !== "commit" || lost > 0 || !mayBeLost.has(this)) return answer;
    lost += 1;
    throw new Error("Connection terminated unexpectedly");
  };
  Object.assign(pg.Client.prototype, { query: lossy });
  onTestFinished(() => void Object.assign(pg.Client.prototype, { query }));
  return () => lost;
}

test("an answer whose commit was not acknowledged is stored once, and the refund left once", async () => {
  const at = await order("paid");
  const lost = loseAcknowledgement();
  await sent(at);
  await settled(at, "SUCCEEDED");
  await expect.poll(lost).toBe(1);
  const [op] = await opsOf(at);
  await expect
    .poll(async () => (await opsOf(at))[0]?.confirmedAt ?? null, { timeout: 15_000 })
    .not.toBeNull();
  const rows = await counter.database.db
    .select()
    .from(evidence)
    .where(eq(evidence.opId, op?.id ?? ""));
  expect(rows.filter(({ source }) => source === "send")).toHaveLength(1);
  expect(await returned(at)).toEqual([1000]);
});

test("an answer is kept though the slot of the lane cannot be given back", async () => {
  const { ctx, shop } = open();
  const gone = openDatabase(counter.url, 1);
  await gone.pool.end();
  const account = await ctx.openAccount(shop.account.id);
  const slot = { accountId: shop.account.id, holder: "somebody", fence: 1 };
  const answer = {
    outcome: "unknown" as const,
    why: "timeout" as const,
    evidence: {
      ...{ code: null, message: null, raw: null, httpStatus: null },
      ...{ checks: { tls: true, opened: false, echo: false }, startedAt: new Date(), endedAt: new Date() },
    },
  };
  expect(await callInSlot({ ...ctx, database: gone }, { account, slot }, async () => answer)).toBe(answer);
});
