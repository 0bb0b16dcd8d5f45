import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { openCounter } from "#test/counter.ts";
import { makeLaneLines } from "./lane-lines.ts";

const counter = openCounter({ hasClerk: false });
const { open, order } = counter;
const db = () => counter.database.db;
const accountId = () => open().shop.account.id;

describe("what pages are told of a lane", () => {
  test("a hundred pages that ask in one moment read the books once; later ones read them anew", async () => {
    const { rows } = await db().execute<{ id: string }>(sql`select account_id as id from gateway_lane`);
    expect(rows).toHaveLength(1);
    let reads = 0;
    const counting = new Proxy(db(), {
      get: (at, name) => {
        if (name === "execute") reads += 1;
        return Reflect.get(at, name);
      },
    });
    const shared = makeLaneLines(60_000);
    const crowd = Array.from({ length: 100 }, () => shared.read(counting, accountId(), { isFresh: false }));
    expect(new Set((await Promise.all(crowd)).map(({ line }) => line)).size).toBe(1);
    expect(reads).toBe(1);
    await shared.read(counting, accountId(), { isFresh: true });
    expect(reads).toBe(2);
    const unshared = makeLaneLines(0);
    for (let n = 0; n < 2; n += 1) await unshared.read(counting, accountId(), { isFresh: false });
    expect(reads).toBe(4);
  });

  test("the clock goes on for who reads what another read", async () => {
    const shared = makeLaneLines(60_000);
    const first = await shared.read(db(), accountId(), { isFresh: true });
    await db().execute(sql`select pg_sleep(0.05)`);
    const second = await shared.read(db(), accountId(), { isFresh: false });
    expect(second.line).toBe(first.line);
    expect(second.nowMs - first.nowMs).toBeGreaterThanOrEqual(50);
  });

  test("books that were away are read again by the next page", async () => {
    const shared = makeLaneLines(60_000);
    await expect(
      shared.read(db(), "00000000-0000-0000-0000-000000000000", { isFresh: false }),
    ).rejects.toThrow("no lane");
    await expect(
      shared.read(db(), "00000000-0000-0000-0000-000000000000", { isFresh: false }),
    ).rejects.toThrow("no lane");
    expect((await shared.read(db(), accountId(), { isFresh: false })).line.watchers).toBe(0);
  });

  test("a question's moment is read to the microsecond, and one that is put off for good too", async () => {
    const [at, putOff] = [await order("paid"), await order("paid")];
    const due = "2026-11-26T03:04:05.678912Z";
    await db().execute(sql`delete from query_job`);
    await db().execute(
      sql`insert into query_job (order_id, account_id, priority, due_at) values (${at.id}, ${accountId()}, 3, ${due})`,
    );
    await db().execute(
      sql`insert into query_job (order_id, account_id, priority, due_at) values (${putOff.id}, ${accountId()}, 2, 'infinity')`,
    );
    const { line } = await makeLaneLines(0).read(db(), accountId(), { isFresh: true });
    const [dueMs, never] = [Date.parse(due) + 0.912, Number.POSITIVE_INFINITY];
    expect(line.questions.toSorted((one, other) => other.rank - one.rank)).toEqual([
      { orderId: at.id, rank: 3, sinceMs: dueMs, dueMs },
      { orderId: putOff.id, rank: 2, sinceMs: never, dueMs: never },
    ]);
  });
});
