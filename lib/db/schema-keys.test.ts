import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgTable, pgTable, uuid } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as schema from "./schema.ts";

/**
 * What may stand without its store's or account's key (docs/growth.md, beyond one primary): the column that leads to a row that
 * has it, or to the person it belongs to; null: why there is none.
 */
const exceptions: Readonly<Record<string, { readonly by: string | null; readonly why: string }>> = {
  op_attempt: { by: "op_id", why: "goes with its operation, which has the account" },
  settlement: { by: "op_id", why: "goes with its operation" },
  evidence: { by: "order_id", why: "goes with its order, which has the account" },
  look_up: { by: "order_id", why: "goes with its order" },
  order_watch: { by: "order_id", why: "goes with its order" },
  deputy: { by: "principal_id", why: "goes with its two people" },
  app_session: { by: "staff_id", why: "goes with its person" },
  step_up: { by: "staff_id", why: "goes with its person" },
  second_factor: { by: "staff_id", why: "goes with its person" },
  recovery_code: { by: "staff_id", why: "goes with its person" },
  passkey: { by: "staff_id", why: "goes with its person" },
  role_wish: { by: "staff_id", why: "goes with its person" },
  staff_notice: { by: "staff_id", why: "goes with its person" },
  saved_view: { by: "staff_id", why: "goes with its person" },
  passkey_challenge: { by: "session_id", why: "goes with its session" },
  store: { by: null, why: "is the key itself" },
  staff: { by: null, why: "a person may work at several stores" },
  guess_lock: { by: null, why: "is about a name and a device, before anybody is known" },
  audit_head: { by: null, why: "one row: the end of the chain" },
  master_key: { by: null, why: "one row: what everything is sealed by" },
  kept_key: { by: null, why: "one row a purpose and rotation" },
  installation: { by: null, why: "one row: what this installation is" },
  head_copy: { by: null, why: "one row a process" },
  sign_in_rule: { by: null, why: "one row a role, for the whole house" },
};

const tables = Object.values(schema).filter((one) => is(one, PgTable));
const columnsOf = (table: PgTable) => Object.values(getTableColumns(table));

/** The tables that carry neither key, by name. */
function lacking(all: readonly PgTable[]): string[] {
  const has = (table: PgTable) =>
    columnsOf(table).some(({ name }) => name === "account_id" || name === "store_id");
  return all
    .filter((table) => !has(table))
    .map(getTableName)
    .toSorted();
}

test("every table of the shop carries the key of its store or account, or says why not", () => {
  expect(tables.length).toBeGreaterThan(20);
  expect(lacking(tables)).toEqual(Object.keys(exceptions).toSorted());
});

test("a table that says it goes with another has the column that leads there, in every row", () => {
  const leads = tables.flatMap((table) => {
    const by = exceptions[getTableName(table)]?.by;
    if (!by) return [];
    const column = columnsOf(table).find(({ name }) => name === by);
    return [[getTableName(table), by, column?.notNull]];
  });
  expect(leads.length).toBeGreaterThan(10);
  expect(leads.filter(([, , isThere]) => isThere !== true)).toEqual([]);
});

test("a new table without either key is noticed, and one with a key is not", () => {
  const receipt = pgTable("receipt", { id: uuid("id"), orderId: uuid("order_id").notNull() });
  const till = pgTable("till", { id: uuid("id"), storeId: uuid("store_id").notNull() });
  expect(lacking([...tables, receipt, till]).filter((name) => !(name in exceptions))).toEqual(["receipt"]);
});
