import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { appendAudit } from "#lib/db/audit.ts";
import { rotateKeys } from "#lib/db/keys/rotate-keys.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { readAuditFilter } from "#lib/domain/audit-filter.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import { isOurSeal, readCheck, sealCheck } from "#lib/use-cases/exports/audit-check.ts";
import { checkExport } from "#lib/use-cases/exports/check-export.ts";
import { exportAudit } from "#lib/use-cases/exports/export-audit.ts";
import type { AuditRow } from "#lib/use-cases/view-audit.ts";
import { freshDatabase } from "#test/database.ts";
import { keys } from "#test/faults/parts/key-books.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { unzip } from "#test/unzip.ts";
import { checkedAnswer } from "./checked-answer.ts";

// The books change their master key in here.
await vi.hoisted(async () => (await import("#test/two-keys.ts")).knowTwoKeys());

const here = freshDatabase();
const folder = mkdtempSync(join(tmpdir(), "storedesk-export-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = { list: join(folder, "audit.csv"), check: join(folder, "audit.check.json") };
const columns = [
  { head: "Line", cell: ({ seq }: AuditRow) => String(seq) },
  { head: "Action", cell: ({ action }: AuditRow) => action },
  { head: "Words", cell: ({ facts }: AuditRow) => String(facts.words ?? "") },
];
const taken = { csv: "", check: "" };

beforeAll(async () => {
  const shop = await makeShop(here.database);
  const row = await makeStaff(here.database, shop.shop.id, "manager");
  const manager = {
    ...staffWith(row, shop),
    sessionId: await makeSession(here.database, row.id, "counter-1"),
  };
  for (let no = 0; no < 30; no += 1)
    await withTx(here.database, (tx) =>
      appendAudit(tx, {
        ...{ action: "look-up-order", outcome: "done", staffId: row.id, storeId: shop.shop.id },
        ...{ orderId: null, subject: null, deviceId: null, facts: { words: `=1+${no},"信義\n店"` } },
      }),
    );
  const answer = await exportAudit(makeContext(here.database), manager, {
    ...{ asked: readAuditFilter({ kind: "lookups" }), isChecked: true },
  });
  if (!answer.ok) throw new Error(answer.refusal.why);
  const { parts, asOf, filter } = answer.value;
  const csv = {
    fileName: "audit-2026-11-26",
    columns,
    parts,
    cutWords: "The list goes on.",
    drillWords: null,
  };
  const about = { asOf, filter, madeBy: manager.username };
  const file = checkedAnswer(csv, (facts) => sealCheck(here.database.db, { ...facts, ...about }));
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="audit-2026-11-26.zip"');
  const archive = unzip(Buffer.from(await file.arrayBuffer()));
  expect(Object.keys(archive)).toEqual(["audit-2026-11-26.csv", "audit-2026-11-26.check.json"]);
  taken.csv = archive["audit-2026-11-26.csv"] ?? "";
  taken.check = archive["audit-2026-11-26.check.json"] ?? "";
  writeFileSync(files.check, taken.check);
});

const check = () => {
  const read = readCheck(taken.check);
  if (!read) throw new Error("no check file");
  return read;
};

/** What `npm run audit:verify -- LIST CHECK` says of a list, and its exit code. */
function verify(csv: string, variables: Record<string, string> = {}) {
  writeFileSync(files.list, csv);
  const flags = ["--conditions=react-server", "--import", "./scripts/process/quick-imports.mjs"];
  const env = { ...process.env, DATABASE_URL: here.url, ...variables };
  const args = [...flags, "scripts/audit-verify.ts", files.list, files.check];
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = execFile(process.execPath, args, { env }, (_, out, err) =>
      resolve({ code: child.exitCode, said: `${out}${err}` }),
    );
  });
}

const firstWords = '"\'=1+29,""信義\n店""';
const rowsOf = (csv: string) => csv.split("\r\n");

test("T20: the list in the archive is the list of the plain file: its own line first, formulas inert, no secret in the check file", async () => {
  const rows = rowsOf(taken.csv);
  expect(rows[0]).toBe('\uFEFF"Line","Action","Words"');
  expect(rows[1]).toContain('"31","export-audit"');
  expect(rows[2]).toContain(firstWords);
  expect(rows).toHaveLength(33);
  expect(check()).toMatchObject({ filter: "kind=lookups", isCut: false, asOf: { seq: 31 } });
  expect(check().marks).toHaveLength(32);
  expect(taken.check).not.toContain("信義");
  const { rows: said } = await here.database.db.execute(
    sql`select facts from audit_event where action = 'export-audit' and outcome = 'done'`,
  );
  expect(said).toEqual([{ facts: { filter: "kind=lookups", isChecked: true } }]);
});

test("T16: as it was exported it is whole, also saved anew; whichever row is edited, swapped, taken out or cut off is named", () => {
  const judge = (csv: string) => checkExport(Buffer.from(csv), check());
  expect(judge(taken.csv)).toEqual({ state: "whole" });
  expect(judge(taken.csv.slice(1))).toEqual({ state: "resaved" });
  const rows = rowsOf(taken.csv);
  const changed = (change: (rows: string[]) => void) => {
    const copy = [...rows];
    change(copy);
    const verdict = judge(copy.join("\r\n"));
    return verdict.state === "damaged" ? verdict.damage : verdict.state;
  };
  for (let at = 1; at < 32; at += 1) {
    const row = at + 1;
    const other = (rows[at] ?? "").replace(/.",/, 'x",');
    expect(changed((copy) => copy.splice(at, 1, other))).toEqual({ what: "edited", row });
    expect(changed((copy) => copy.splice(at, 1, (rows[at] ?? "").replace('"', "")))).toMatchObject({ row });
    expect(changed((copy) => copy.splice(at, 32, ""))).toEqual({ what: "cut", row });
    if (at === 31) continue;
    expect(changed((copy) => copy.splice(at, 1))).toEqual({ what: "missing", row });
    const swapped = { what: "swapped", row, otherRow: row + 1 };
    expect(changed((copy) => copy.splice(at, 2, rows[at + 1] ?? "", rows[at] ?? ""))).toEqual(swapped);
  }
});

test("T16: a check file that was changed with its list is none that these books sealed, also years and master keys later", async () => {
  const { db } = here.database;
  expect(await isOurSeal(db, check())).toBe(true);
  await rotateKeys(here.database, { main: keys.second, old: keys.first });
  expect(await isOurSeal(db, check())).toBe(true);
  for (const change of [
    { marks: check().marks.toReversed() },
    { asOf: { ...check().asOf, seq: 30 } },
    { madeBy: "somebody" },
    { filter: "" },
    { isCut: true },
    { sha256: "0" },
    { seal: "0" },
  ])
    expect(await isOurSeal(db, { ...check(), ...change })).toBe(false);
});

test("T16: the command says whole and ends with 0, names a bad row and ends with 1, and says when it reached no books", async () => {
  expect(await verify(taken.csv)).toEqual({
    code: 0,
    said: expect.stringMatching(
      /These books sealed the check file\.\n.* is whole: 31 lines, exported .*up to line 31\.\n$/,
    ),
  });
  expect(await verify(taken.csv.replace("=1+7,", "=1+8,"))).toEqual({
    code: 1,
    said: expect.stringContaining("row 25 is not as it was exported: a cell was edited"),
  });
  const away = await verify(taken.csv, { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" });
  expect(away).toEqual({ code: 0, said: expect.stringContaining("The books were not reached") });
});
