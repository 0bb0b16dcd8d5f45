import { expect, test, vi } from "vitest";
import { freshDatabase } from "../../test/database.ts";
import { openDatabase } from "./client.ts";

const here = freshDatabase();
const few = 3;

test("a quiet hour closes no connection, so the next rush finds them all open", async () => {
  const { pool } = openDatabase(here.url, few);
  const rush = await Promise.all(Array.from({ length: few }, () => pool.connect()));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    for (const one of rush) one.release();
    await vi.advanceTimersByTimeAsync(60 * 60 * 1000);
  } finally {
    vi.useRealTimers();
  }
  expect(pool).toMatchObject({ totalCount: few, idleCount: few });
  await pool.end();
});

test("who comes when all connections are taken waits for one of them, and none is opened beyond", async () => {
  const { pool } = openDatabase(here.url, few);
  const taken = await Promise.all(Array.from({ length: few }, () => pool.connect()));
  const late = pool.query<{ n: number }>("select 1 as n");
  expect(pool).toMatchObject({ totalCount: few, waitingCount: 1 });
  for (const one of taken) one.release();
  expect((await late).rows).toEqual([{ n: 1 }]);
  expect(pool.totalCount).toBe(few);
  await pool.end();
});
