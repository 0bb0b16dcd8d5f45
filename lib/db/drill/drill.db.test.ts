import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEvent, installation, merchantAccount, store } from "#lib/db/schema.ts";
import { brokenConstraint } from "#lib/db/with-tx.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff } from "#test/shop.ts";
import { beginDrillAt, demandDrillAt } from "./demand-drill.ts";
import { emptyDrillBooks } from "./empty-drill-books.ts";
import { holdDrill } from "./hold-drill.ts";
import { isDrillBooks } from "./is-drill-books.ts";

const inside = { url: "http://127.0.0.1:4110/allpaypass/api/general", merchantId: "S2PSIM0001" };
const outside = { ...inside, url: "https://a.intella.co/allpaypass/api/general" };
const broken = async (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => brokenConstraint(error),
  );

describe("books of a drill", () => {
  const drill = freshDatabase();
  const db = () => drill.database.db;
  const open = (slug: string, config: object) =>
    db()
      .update(merchantAccount)
      .set({ slug, config: { ...config } });

  test("T22: begin as one before anything works on them, and no desk that is none starts on them ever again", async () => {
    await demandDrillAt(drill.url, true);
    await demandDrillAt(drill.url, false);
    await beginDrillAt(drill.url);
    expect(await isDrillBooks(db())).toBe(true);
    // Once begun, others may be at work: the second start is the same as the first.
    await beginDrillAt(drill.url);
    await holdDrill(drill.database, true);
    await expect(demandDrillAt(drill.url, false)).rejects.toThrow("STOREDESK_DRILL=1");
    await expect(holdDrill(drill.database, false)).rejects.toThrow("STOREDESK_DRILL=1");
  });

  test("T22: the database takes no way back, and no account that reaches beyond this machine", async () => {
    const { shop } = await makeShop(drill.database);
    expect(await broken(db().update(installation).set({ isDrill: false }))).toBe("installation_drill_stays");
    expect(await broken(db().delete(installation))).toBe("installation_drill_stays");
    for (const url of [
      "https://a.intella.co/x",
      "http://127.0.0.1@evil.example/",
      "http://127.0.0.1.evil.example/",
    ])
      expect(await broken(open("xinyi", { ...inside, url }))).toBe("merchant_account_drill");
    expect(await broken(open("siam", { payUrl: "http://10.0.0.7/KsherPay" }))).toBe("merchant_account_drill");
    for (const url of ["http://127.0.0.1:4110/x", "http://localhost/x", "http://[::1]:4120/x"])
      expect(await broken(open("xinyi", { ...inside, url }))).toBe("done");
    await holdDrill(drill.database, true);
    // Behind this machine's own address may be anything: one that is not the demo's ends the drill at the next start.
    expect(await broken(open("taipei-2", inside))).toBe("done");
    await expect(holdDrill(drill.database, true)).rejects.toThrow("account taipei-2");
    await open("xinyi", inside);
    await makeStaff(drill.database, shop.id, "cashier");
    await holdDrill(drill.database, true);
  });

  test("a drill that begins anew has new books, which are a drill's again", async () => {
    expect(await db().$count(store)).toBe(1);
    await emptyDrillBooks(drill.url);
    expect(await db().$count(store)).toBe(0);
    expect(await db().$count(auditEvent)).toBe(0);
    await holdDrill(drill.database, true);
    expect(await broken(db().update(installation).set({ isDrill: false }))).toBe("installation_drill_stays");
  });
});

describe("books of a shop", () => {
  const shop = freshDatabase();
  const db = () => shop.database.db;

  test("T22: never become a drill's while somebody works on them, nor once they hold an account, a person or an address of the shop", async () => {
    await db().select().from(store);
    await expect(beginDrillAt(shop.url)).rejects.toThrow("another desk works on these books");
    const { account } = await makeShop(shop.database);
    await db()
      .update(merchantAccount)
      .set({ config: { ...outside } })
      .where(eq(merchantAccount.id, account.id));
    const refused = async (why: string) => {
      await expect(demandDrillAt(shop.url, true)).rejects.toThrow(why);
      await expect(beginDrillAt(shop.url)).rejects.toThrow(why);
      await expect(holdDrill(shop.database, true)).rejects.toThrow(why);
      expect(await isDrillBooks(db())).toBe(false);
    };
    await refused("reaches a gateway at a.intella.co");
    expect(await broken(db().update(installation).set({ isDrill: true }))).toBe(
      "installation_drill_accounts",
    );
    await db()
      .update(merchantAccount)
      .set({ config: { ...inside } });
    await refused(`account ${account.slug}`);
    await db().update(merchantAccount).set({ slug: "xinyi" });
    const { username } = await makeStaff(shop.database, account.storeId, "cashier");
    await refused(`${username} works on these books`);
    await holdDrill(shop.database, false);
  });

  test("T22: are never emptied", async () => {
    await expect(emptyDrillBooks(shop.url)).rejects.toThrow("works on these books");
    await db().execute(sql`update staff set is_demo = true`);
    await expect(emptyDrillBooks(shop.url)).rejects.toThrow("they are not emptied");
    expect(await db().$count(store)).toBe(1);
  });

  test("T22: that are older than drills are judged before they are brought up to date", async () => {
    await db().execute(sql`alter table installation drop column is_drill cascade`);
    await db().execute(sql`alter table staff drop column is_demo`);
    await demandDrillAt(shop.url, false);
    await expect(demandDrillAt(shop.url, true)).rejects.toThrow("works on these books");
  });
});
