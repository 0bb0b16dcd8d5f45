import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { readStaff } from "#lib/auth/current-staff.ts";
import { changeStaff } from "#lib/auth/people/change-staff.ts";
import { rightsNow } from "#lib/auth/rights-now.ts";
import { sidHash } from "#lib/auth/session/open-session.ts";
import { appSession } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { freshDatabase } from "#test/database.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";

const here = freshDatabase();
const requests = 20;

test("T8: an account closed while twenty requests of it run: none that began after the closing is answered or may decide", async () => {
  const shop = await makeShop(here.database);
  const [owner, leaver] = [
    await makeStaff(here.database, shop.shop.id, "owner"),
    await makeStaff(here.database, shop.shop.id, "manager"),
  ];
  const boss = {
    ...staffWith(owner, shop),
    sessionId: await makeSession(here.database, owner.id, "office"),
  };
  const sid = "the leaver's";
  const sessionId = await makeSession(here.database, leaver.id, "counter-1");
  await here.database.db
    .update(appSession)
    .set({ sidHash: sidHash(sid) })
    .where(eq(appSession.id, sessionId));
  const who = { ...staffWith(leaver, shop), sessionId };
  const asks = [
    () => readStaff(here.database, sid, { isAction: true }),
    () => withTx(here.database, (tx) => rightsNow(tx, who)),
  ];
  const tries: { beganAt: number; isLetIn: boolean }[] = [];
  let answered = 0;
  /** Asks again and again, as an open page does, until it was refused twice: for a reading and for a decision. */
  async function keepAsking(at: number): Promise<void> {
    for (let refused = 0, n = at; refused < asks.length; n += 1) {
      const beganAt = performance.now();
      const isLetIn = (await asks[n % asks.length]?.()) !== null;
      tries.push({ beganAt, isLetIn });
      answered += isLetIn ? 1 : 0;
      refused += isLetIn ? 0 : 1;
      if (answered >= requests) everybodyAsked();
    }
  }
  let everybodyAsked: () => void = () => undefined;
  const isBusy = new Promise<void>((resolve) => {
    everybodyAsked = resolve;
  });
  const pages = Promise.all(Array.from({ length: requests }, (_, at) => keepAsking(at)));
  await isBusy;
  expect(await changeStaff(here.database, boss, { username: who.username, isActive: false })).toMatchObject({
    ok: true,
  });
  const closedAt = performance.now();
  await pages;
  expect(tries.filter(({ isLetIn }) => isLetIn).length).toBeGreaterThanOrEqual(requests);
  expect(tries.filter(({ beganAt }) => beganAt > closedAt).length).toBeGreaterThan(0);
  expect(tries.filter(({ beganAt, isLetIn }) => isLetIn && beganAt > closedAt)).toEqual([]);
});
