import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { freshDatabase } from "../../test/database.ts";
import { openDatabase } from "./client.ts";
import { store } from "./schema.ts";

const here = freshDatabase();

/** One connection of its own, so that whatever was prepared on it is seen. */
async function onOneConnection(use: (db: ReturnType<typeof openDatabase>["db"]) => Promise<void>) {
  const { pool, db } = openDatabase(here.url, 1);
  await use(db).finally(() => pool.end());
}

const preparedOf = async (db: ReturnType<typeof openDatabase>["db"]) =>
  (
    await db.execute<{ statement: string; uses: number }>(
      sql`select statement, generic_plans + custom_plans as uses from pg_prepared_statements`,
    )
  ).rows;

test("the same question is parsed once a connection, whatever it asks for", () =>
  onOneConnection(async (db) => {
    for (const n of [1, 2, 3]) expect((await db.execute(sql`select ${n}::int as n`)).rows).toEqual([{ n }]);
    const uses = (await preparedOf(db)).filter(({ statement }) => statement.includes("as n"));
    expect(uses).toEqual([{ statement: "select $1::int as n", uses: 3 }]);
  }));

test("a migration that adds a column while it is prepared does not stop it, nor does one in a transaction", () =>
  onOneConnection(async (db) => {
    const count = async () => (await db.select().from(store)).length;
    expect(await count()).toBe(0);
    await here.database.db.execute(sql`alter table store add column made_later text not null default ''`);
    expect(await count()).toBe(0);
    expect(await db.transaction(async (tx) => (await tx.select().from(store)).length)).toBe(0);
  }));

test("what changes tables, and several statements at once, are asked as they are", () =>
  onOneConnection(async (db) => {
    await db.execute(sql.raw("create table made_here (n int); insert into made_here values (1)"));
    await db.execute(sql.raw("insert into made_here values (2); delete from made_here where n = 1"));
    expect((await db.execute(sql`select n from made_here`)).rows).toEqual([{ n: 2 }]);
    const texts = (await preparedOf(db)).map(({ statement }) => statement);
    expect(texts.filter((text) => text.includes("made_here"))).toEqual(["select n from made_here"]);
  }));

test("beyond four hundred texts the connection keeps no more, and answers all the same", () =>
  onOneConnection(async (db) => {
    for (let n = 1; n <= 410; n += 1)
      expect((await db.execute(sql.raw(`select ${n} as n`))).rows).toEqual([{ n }]);
    expect((await db.execute(sql`select count(*)::int as n from pg_prepared_statements`)).rows).toEqual([
      { n: 400 },
    ]);
  }));
