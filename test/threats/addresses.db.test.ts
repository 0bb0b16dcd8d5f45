import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { countAddress, countWrong } from "#lib/auth/address-limit.ts";
import { listNotices } from "#lib/auth/notices.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { guessLock } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { freshDatabase } from "#test/database.ts";
import { peopleWith } from "#test/people.ts";

const here = freshDatabase();
const db = () => here.database.db;
const password = "four rainy umbrellas";
const { hire } = peopleWith(password, here);
const enter = async (tried: { username: string; deviceId: string; address: string; password?: string }) => {
  const answer = await signIn(here.database, { password, ...tried });
  return answer.ok ? "in" : answer.refusal.why;
};
const shopsLine = "203.0.113.7";

describe("guessing from many places", () => {
  test("T4: after a hundred wrong ones from one address in an hour nobody new comes in from there; the shop's own counters there do, and people elsewhere", async () => {
    const [mei, bo] = [await hire("cashier"), await hire("cashier")];
    const counter = { username: mei.username, deviceId: "counter-1", address: shopsLine };
    expect(await enter(counter)).toBe("in");
    for (let n = 1; n < limits.wrongPerAddressMax; n += 1) await countAddress(here.database, shopsLine);
    // One who has the password takes nothing of what is left.
    expect(await enter({ ...counter, deviceId: "new-till" })).toBe("in");
    const guess = { username: "nobody", deviceId: "made-up", address: shopsLine, password: "guess" };
    expect(await enter(guess)).toBe("wrong");
    expect(await enter(guess)).toBe("locked");
    expect(await enter({ username: bo.username, deviceId: "made-up", address: shopsLine })).toBe("locked");
    expect(await enter(counter)).toBe("in");
    expect(await enter({ username: bo.username, deviceId: "made-up", address: "203.0.113.8" })).toBe("in");
    // In the next hour it begins anew.
    await db().execute(
      sql`update guess_lock set subject = replace(subject, 'wrong-by-hour:', 'wrong-by-hour:1') where subject like ${`%:${shopsLine}`}`,
    );
    expect(await enter({ username: bo.username, deviceId: "made-up-2", address: shopsLine })).toBe("in");
  });

  test("T4: a thousand wrong ones in an hour, over however many addresses, are told to every owner, once", async () => {
    const owners = [await hire("owner"), await hire("owner")];
    const cashier = await hire("cashier");
    const guess = (n: number) =>
      enter({ username: `name-${n}`, deviceId: "made-up", address: `198.51.100.${n}`, password: "guess" });
    const told = async (who: typeof cashier) =>
      (await listNotices(here.database, who)).map(({ kind }) => kind);
    await guess(1);
    await db()
      .update(guessLock)
      .set({ wrongCount: limits.wrongPerHourAlarm - 2 })
      .where(sql`subject like 'wrong-by-hour:%:all'`);
    await guess(2);
    for (const owner of owners) expect(await told(owner)).toEqual([]);
    await Promise.all([guess(3), guess(4), guess(5)]);
    for (const owner of owners) expect(await told(owner)).toEqual(["guessing"]);
    expect(await told(cashier)).toEqual([]);
  });

  test("T4: 10,000 guesses over 500 addresses, twenty from each, stay below each one's limit; the house hears of them once", async () => {
    await db().delete(guessLock);
    const owner = await hire("owner");
    const addresses = Array.from({ length: 500 }, (_, n) => `198.18.${n >> 8}.${n & 255}`);
    // Counted as a sign-in counts them; ten thousand passwords would be hashed for minutes.
    const guess = async (address: string) => {
      const until = await countAddress(here.database, address);
      await countWrong(db());
      return until;
    };
    for (let round = 0; round < 20; round += 1)
      expect((await Promise.all(addresses.map(guess))).filter((until) => until !== null)).toEqual([]);
    const [house] = await db().select().from(guessLock).where(sql`subject like 'wrong-by-hour:%:all'`);
    expect(house?.wrongCount).toBe(10_000);
    expect((await listNotices(here.database, owner)).map(({ kind }) => kind)).toEqual(["guessing"]);
  });
});
