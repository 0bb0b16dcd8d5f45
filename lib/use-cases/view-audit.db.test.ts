import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { type AuditLine, appendAudit } from "#lib/db/audit.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { type AuditFilter, readAuditFilter } from "#lib/domain/audit-filter.ts";
import { limits } from "#lib/domain/limits.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makeShop, makeStaff } from "#test/shop.ts";
import { makeContext } from "./app-context.ts";
import { checkAuditChain, listAudit } from "./view-audit.ts";

const here = freshDatabase();
const made: { staff: Record<string, CurrentStaff> } = { staff: {} };

async function hire(storeId: string, role: Role): Promise<CurrentStaff> {
  const { id, personId, username, name } = await makeStaff(here.database, storeId, role);
  const ids = { staffId: id, personId, sessionId: randomUUID(), deviceId: "till" };
  return { ...ids, username, name, role, storeIds: [storeId] };
}

const person = (name: string): CurrentStaff => {
  const found = made.staff[name];
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};

async function write(by: CurrentStaff, line: Partial<AuditLine>): Promise<void> {
  await withTx(here.database, (tx) =>
    appendAudit(tx, {
      action: "look-up-order",
      outcome: "done",
      staffId: by.staffId,
      storeId: by.storeIds[0] ?? null,
      orderId: null,
      subject: null,
      deviceId: "till",
      facts: { orderNo: "PO1" },
      ...line,
    }),
  );
}

const read = async (by: CurrentStaff, filter: Partial<AuditFilter> = {}) => {
  const page = await listAudit(makeContext(here.database), by, { ...readAuditFilter({}), ...filter });
  return { ...page, said: page.rows.map(({ action, facts }) => `${action} ${facts.orderNo ?? ""}`.trim()) };
};

beforeAll(async () => {
  const [home, away] = [await makeShop(here.database), await makeShop(here.database)];
  made.staff = {
    cashier: await hire(home.shop.id, "cashier"),
    manager: await hire(home.shop.id, "manager"),
    stranger: await hire(away.shop.id, "manager"),
    auditor: await hire(home.shop.id, "auditor"),
  };
  await write(person("cashier"), {});
  await write(person("stranger"), { facts: { orderNo: "PO2" } });
  await write(person("cashier"), { action: "sign-in", storeId: null, facts: {} });
  await write(person("stranger"), { action: "sign-in", storeId: null, facts: {} });
  await write(person("manager"), { action: "approve-refund", outcome: "refused" });
});

describe("who reads what of the audit", () => {
  test("a manager reads the lines of the own store and the sign-ins of its people, and nothing of another store", async () => {
    expect((await read(person("manager"))).said).toEqual([
      "approve-refund PO1",
      "sign-in",
      "look-up-order PO1",
    ]);
    expect((await read(person("stranger"))).said).toEqual(["sign-in", "look-up-order PO2"]);
  });

  test("the auditor reads every line, a cashier none, not even whether the chain is whole", async () => {
    expect((await read(person("auditor"))).rows).toHaveLength(5);
    expect((await read(person("cashier"))).rows).toEqual([]);
    expect(await checkAuditChain(makeContext(here.database), person("cashier"))).toBeNull();
    expect(await checkAuditChain(makeContext(here.database), person("auditor"))).toEqual({
      isWhole: true,
      lines: 5,
    });
  });
});

describe("narrowing the audit down", () => {
  test.each([
    [{ kind: "people" as const }, ["sign-in"]],
    [{ kind: "decisions" as const }, ["approve-refund PO1"]],
    [{ kind: "money" as const }, []],
    [{ refused: "1" as const }, ["approve-refund PO1"]],
    [{ order: "PO1" }, ["approve-refund PO1", "look-up-order PO1"]],
    [{ order: "PO2" }, []],
  ])("%j", async (filter, said) => {
    expect((await read(person("manager"), filter)).said).toEqual(said);
  });

  test("a day is the store's own: the last minute of a Taipei day belongs to it, the next one does not", async () => {
    const { rows } = await here.database.db.execute<{ today: string; before: string }>(sql`
      select to_char(clock_timestamp() at time zone 'Asia/Taipei', 'YYYY-MM-DD') as today,
             to_char((clock_timestamp() - interval '1 day') at time zone 'Asia/Taipei', 'YYYY-MM-DD') as before`);
    const [days] = rows;
    expect((await read(person("manager"), { day: days?.today ?? "" })).rows.length).toBe(3);
    expect((await read(person("manager"), { day: days?.before ?? "" })).rows).toEqual([]);
  });

  test("pages follow each other without a gap and without a line twice", async () => {
    for (let n = 0; n < limits.listPageSize; n += 1)
      await write(person("manager"), { facts: { orderNo: `P${n}` } });
    const first = await read(person("manager"));
    const second = await read(person("manager"), { before: first.older });
    expect(first.rows).toHaveLength(limits.listPageSize);
    expect(second.older).toBeNull();
    const seqs = [...first.rows, ...second.rows].map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(limits.listPageSize + 3);
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
  });
});
