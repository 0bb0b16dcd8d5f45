import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as schema from "./schema.ts";

/** What may stand without its store's or account's key, and why (docs/operate.md, beyond one primary). */
const exceptions: Readonly<Record<string, string>> = {
  store: "is the key itself",
  audit_head: "one row: the end of the chain",
  master_key: "one row: what everything is sealed by",
  kept_key: "one row a purpose and rotation",
  installation: "one row: what this installation is",
  head_copy: "one row a process",
  op_attempt: "goes with its operation, which has the account",
  settlement: "goes with its operation",
  evidence: "goes with its order, which has the account",
  look_up: "goes with its order",
  order_watch: "goes with its order",
  staff: "a person may work at several stores",
  deputy: "goes with its two people",
  app_session: "goes with its person",
  guess_lock: "is about a name and a device, before anybody is known",
  step_up: "goes with its person",
  second_factor: "goes with its person",
  recovery_code: "goes with its person",
  passkey: "goes with its person",
  passkey_challenge: "goes with its session",
  sign_in_rule: "one row a role, for the whole house",
  role_wish: "goes with its person",
  staff_notice: "goes with its person",
  saved_view: "goes with its person",
};

test("every table of the shop carries the key of its store or account, or says why not", () => {
  const tables = Object.values(schema).filter((one) => is(one, PgTable));
  expect(tables.length).toBeGreaterThan(20);
  const lacking = tables.filter((table) => {
    const names = Object.values(getTableColumns(table)).map(({ name }) => name);
    return !names.includes("account_id") && !names.includes("store_id");
  });
  // merchant_account is matched by its own store; what remains is named above.
  expect(lacking.map(getTableName).toSorted()).toEqual(Object.keys(exceptions).toSorted());
});
