import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { anyLine } from "#test/audit-line.ts";
import { freshDatabase } from "#test/database.ts";
import { appendAudit, verifyAudit } from "./audit.ts";
import type { Db } from "./client.ts";
import { beforeCommit, withTx } from "./with-tx.ts";

const here = freshDatabase();

const tell = (tx: Db, subject: string) => appendAudit(tx, anyLine({ subject }));
const touch = (tx: Db) => tx.execute(sql`update installation set epoch = epoch where id = 1`);
const subjects = async () => {
  const { rows } = await here.database.db.execute<{ subject: string }>(
    sql`select subject from audit_event order by seq`,
  );
  return rows.map(({ subject }) => subject);
};

test("who tells the audit first and who tells it last do not wait for each other", async () => {
  const [toldFirst, holdsRow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await Promise.all([
    withTx(here.database, async (tx) => {
      await tell(tx, "first");
      toldFirst.resolve();
      await holdsRow.promise;
      await touch(tx);
    }),
    withTx(here.database, async (tx) => {
      await toldFirst.promise;
      await touch(tx);
      holdsRow.resolve();
      await tell(tx, "last");
    }),
  ]);
  expect(await subjects()).toEqual(["last", "first"]);
  expect(await verifyAudit(here.database)).toEqual({ isWhole: true, lines: 2 });
});

test("lines of one transaction keep their order, and none stays of one that fails, whenever it does", async () => {
  const before = await subjects();
  await withTx(here.database, async (tx) => {
    await tell(tx, "one");
    await tell(tx, "two");
  });
  const fail = () => Promise.reject(new Error("no"));
  const failing = [
    withTx(here.database, (tx) => tell(tx, "three").then(fail)),
    withTx(here.database, async (tx) => {
      await tell(tx, "four");
      await beforeCommit(tx, fail);
    }),
  ];
  for (const one of failing) await expect(one).rejects.toThrow("no");
  expect(await subjects()).toEqual([...before, "one", "two"]);
});

test("outside a transaction of ours what would come last comes at once", async () => {
  const done: string[] = [];
  await beforeCommit(here.database.db, async () => void done.push("now"));
  expect(done).toEqual(["now"]);
});
