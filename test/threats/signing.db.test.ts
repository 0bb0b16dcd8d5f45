import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { hashSecret } from "#lib/auth/password.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { staff } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { freshDatabase } from "#test/database.ts";
import { setUpFactor } from "#test/second-factor.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";

const here = freshDatabase();
const password = "four rainy umbrellas";
const held = { storeId: "", passwordHash: "" };
beforeAll(async () => {
  held.storeId = (await makeShop(here.database)).shop.id;
  held.passwordHash = await hashSecret(password);
});

async function hire({ isActive = true } = {}): Promise<string> {
  const { id, username } = await makeStaff(here.database, held.storeId, "cashier");
  await here.database.db
    .update(staff)
    .set({ passwordHash: held.passwordHash, isActive })
    .where(eq(staff.id, id));
  return username;
}
/** Gives an account a second factor. */
async function guard(username: string): Promise<void> {
  const [row] = await here.database.db.select().from(staff).where(eq(staff.username, username));
  if (!row) throw new Error("nobody");
  const sessionId = await makeSession(here.database, row.id, "counter-1");
  await setUpFactor(here.database, { ...staffWith(row), sessionId });
}
const enter = (username: string, tried: string, deviceId: string) =>
  signIn(here.database, { username, password: tried, deviceId });

describe("guessing a password", () => {
  test("T4: after ten wrong ones, each from another device, the right one waits half an hour everywhere but at the known counter", async () => {
    const username = await hire();
    expect((await enter(username, password, "counter-1")).ok).toBe(true);
    for (let n = 1; n <= limits.signInTriesMax; n += 1) await enter(username, `guess ${n}`, `made-up-${n}`);
    const answer = await enter(username, password, "made-up-99");
    if (answer.ok || answer.refusal.why !== "locked") throw new Error("the eleventh was judged");
    const waitMs = answer.refusal.untilAt.getTime() - Date.now();
    expect(waitMs).toBeGreaterThan(limits.signInLockMs - 60_000);
    expect(waitMs).toBeLessThan(limits.signInLockMs + 60_000);
    expect((await enter(username, password, "counter-1")).ok).toBe(true);
  });

  test("T4: forty guesses, sixteen in the same moment, are ten that count", async () => {
    const username = await hire();
    const answers: Awaited<ReturnType<typeof enter>>[] = [];
    const guesses = Array.from({ length: 40 }, (_, n) => `guess ${n}`);
    // More at once than may be wrong, and fewer than the pool has connections: a guesser of more would wait for one, and on
    // a busy machine for longer than the pool lets anybody wait.
    const guesser = async () => {
      for (let guess = guesses.pop(); guess; guess = guesses.pop())
        answers.push(await enter(username, guess, "one-device"));
    };
    await Promise.all(Array.from({ length: 16 }, guesser));
    const judged = answers.filter((answer) => !answer.ok && answer.refusal.why === "wrong");
    expect(judged).toHaveLength(limits.signInTriesMax - 1);
    const { rows } = await here.database.db.execute(
      sql`select 1 from audit_event where action = 'sign-in' and outcome = 'refused' and subject = ${username}`,
    );
    expect(rows).toHaveLength(40);
  });
});

describe("finding out who exists", () => {
  const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

  async function timed(username: string): Promise<number> {
    const began = performance.now();
    expect(await enter(username, "wrong", "anywhere")).toEqual({ ok: false, refusal: { why: "wrong" } });
    return performance.now() - began;
  }

  test("T5: a name nobody has, a closed account and a wrong password take the same time and get the same answer", async () => {
    const times = { known: [] as number[], unknown: [] as number[], closed: [] as number[] };
    for (let round = 0; round < 30; round += 1) {
      // Side by side in turn, so that whatever else the machine does falls on all alike.
      times.known.push(await timed(await hire()));
      times.unknown.push(await timed(`nobody-${randomUUID().slice(0, 8)}`));
      times.closed.push(await timed(await hire({ isActive: false })));
    }
    const known = median(times.known);
    for (const other of [median(times.unknown), median(times.closed)]) {
      expect(other / known).toBeGreaterThan(0.6);
      expect(other / known).toBeLessThan(1.6);
    }
    process.stdout.write(
      `| sign-in | medians in ms: ${known.toFixed(1)} wrong password, ${median(times.unknown).toFixed(1)} unknown name, ${median(times.closed).toFixed(1)} closed account |\n`,
    );
  });

  test("T5: nobody without the password learns, by words or time, who has a second factor", async () => {
    const times = { plain: [] as number[], guarded: [] as number[] };
    for (let round = 0; round < 20; round += 1) {
      const [plain, guarded] = [await hire(), await hire()];
      await guard(guarded);
      times.plain.push(await timed(plain));
      times.guarded.push(await timed(guarded));
    }
    const ratio = median(times.guarded) / median(times.plain);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });
});
