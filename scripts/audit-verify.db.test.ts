import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { appendAudit } from "#lib/db/audit.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { writeHeadFile } from "#lib/use-cases/restore/head-file.ts";
import { anyLine } from "#test/audit-line.ts";
import { freshDatabase } from "#test/database.ts";

const here = freshDatabase();
const folder = mkdtempSync(join(tmpdir(), "storedesk-audit-"));
const headFile = join(folder, "audit-head.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const append = () => withTx(here.database, (tx) => appendAudit(tx, anyLine({ facts: { orderNo: "PO1" } })));

/** What `npm run audit:verify` says, and its exit code. */
function verify(): Promise<{ code: number | null; said: string }> {
  const flags = ["--conditions=react-server", "--import", "./scripts/process/quick-imports.mjs"];
  const env = { ...process.env, DATABASE_URL: here.url, STOREDESK_HEAD_FILE: headFile };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...flags, "scripts/audit-verify.ts"], { env }, (_, out, err) =>
      resolve({ code: child.exitCode, said: `${out}${err}` }),
    );
  });
}

async function copyHead(): Promise<void> {
  const { rows } = await here.database.db.execute<{ seq: number; hash: string }>(
    sql`select seq, hash from audit_head`,
  );
  const [head] = rows;
  await writeHeadFile(headFile, {
    ...{ id: crypto.randomUUID(), epoch: null },
    ...{ seq: Number(head?.seq), hash: head?.hash ?? "" },
  });
}

test("T16: the command says whole and ends with 0; of a cut end that took the head with it, it names the line and ends with 1", async () => {
  for (let n = 0; n < 5; n += 1) await append();
  expect(await verify()).toMatchObject({ code: 0, said: expect.stringContaining("cannot be seen") });
  await copyHead();
  expect(await verify()).toEqual({
    code: 0,
    said: "The audit is whole: 5 lines, the copy outside agrees at 5.\n",
  });
  const { db } = here.database;
  await db.execute(sql`alter table audit_event disable trigger user`);
  await db.execute(sql`delete from audit_event where seq > 3`);
  await db.execute(sql`update audit_head set seq = 3, hash = (select hash from audit_event where seq = 3)`);
  const cut = await verify();
  expect(cut.code).toBe(1);
  expect(cut.said).toContain("line 4 and what came after it are gone");
});
