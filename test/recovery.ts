import { and, asc, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { incident, moneyOp } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import type { IncidentKind } from "#lib/domain/recovery/incident.ts";
import { sweep } from "#lib/use-cases/find-out/sweep.ts";
import type { At, openCounter } from "./counter.ts";

type Counter = ReturnType<typeof openCounter>;

/** What a test of recovery needs besides a counter: other capabilities, time that has passed, and the cases that are open. */
export function recoveryOf(counter: Counter) {
  const db = () => counter.database.db;

  /** Changes what the account can do; undone with the returned function. */
  function tune(change: Partial<Capabilities>): () => void {
    const { ctx } = counter.open();
    const { capabilitiesOf } = ctx;
    Object.assign(ctx, {
      capabilitiesOf: (account: Parameters<typeof capabilitiesOf>[0]) => ({
        ...capabilitiesOf(account),
        ...change,
      }),
    });
    return () => void Object.assign(ctx, { capabilitiesOf });
  }

  /** The order's operation as if everything about it had happened `ms` earlier; its next question is due now. */
  async function pass(at: At, ms: number): Promise<void> {
    await withTx(counter.database, async (tx) => {
      await tx.execute(sql`select 1 from pay_order where id = ${at.id} for update`);
      await tx.execute(sql`
        update money_op set fence = fence + 1, next_ask_at = clock_timestamp(),
               last_sent_at = last_sent_at - make_interval(secs => ${ms / 1_000}),
               quiet_until = quiet_until - make_interval(secs => ${ms / 1_000}),
               settled_at = settled_at - make_interval(secs => ${ms / 1_000})
         where order_id = ${at.id} and (next_ask_at is not null or state not in ('SUCCEEDED','FAILED'))`);
    });
  }

  /** As `pass`, and the question that is due then was asked. */
  async function passAndAsk(at: At, ms: number): Promise<void> {
    const before = (await opsOf(at)).at(-1)?.lastAskedAt ?? new Date(0);
    await pass(at, ms);
    await expect
      .poll(async () => (await opsOf(at)).at(-1)?.lastAskedAt ?? new Date(0), { timeout: 10_000 })
      .not.toEqual(before);
  }

  /** The account's list is asked for now. */
  const listNow = () =>
    db().execute(
      sql`update account_chore set due_at = clock_timestamp() where kind = 'sweep' and done_at is null`,
    );

  async function cases(at: At, kind: IncidentKind) {
    return db()
      .select()
      .from(incident)
      .where(and(eq(incident.orderId, at.id), eq(incident.kind, kind)))
      .orderBy(asc(incident.openedAt));
  }

  /** Waits until the order has a case of this kind, and gives it. */
  async function told(at: At, kind: IncidentKind) {
    await expect
      .poll(
        async () => {
          await sweep(counter.open().ctx);
          return (await cases(at, kind)).length;
        },
        { timeout: 10_000 },
      )
      .toBe(1);
    const [row] = await cases(at, kind);
    if (!row) throw new Error("the case went away");
    return row;
  }

  async function opsOf(at: At) {
    return db().select().from(moneyOp).where(eq(moneyOp.orderId, at.id)).orderBy(asc(moneyOp.createdAt));
  }

  /** An approved refund of this much; what the gateway shall do to it is laid before. */
  async function sent(at: At, amountMinor = 1000): Promise<string> {
    const answer = await counter.ask(at, crypto.randomUUID(), amountMinor);
    if (!answer.ok) throw new Error(answer.refusal.why);
    let approved = await counter.approve(at, answer.value.requestNo);
    // The clerk may just have learnt something new of the order: then a manager looks once more.
    for (let looks = 0; !approved.ok && approved.refusal.why === "changed" && looks < 5; looks += 1)
      approved = await counter.approve(at, answer.value.requestNo);
    if (!approved.ok) throw new Error(approved.refusal.why);
    return answer.value.requestNo;
  }

  return { tune, pass, passAndAsk, listNow, cases, told, opsOf, sent };
}

const minuteMs = 60_000;
/** Just over the quiet time. */
export const quietMs = 15 * minuteMs + 1_000;
