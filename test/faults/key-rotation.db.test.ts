import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { asc, eq, sql } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { spendCode } from "#lib/auth/factor/spend-code.ts";
import { verifyAudit } from "#lib/db/audit.ts";
import { holdMasterKey } from "#lib/db/keys/hold-master-key.ts";
import { rotateKeys } from "#lib/db/keys/rotate-keys.ts";
import { auditEvent, masterKey, merchantAccount } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { openCounter } from "#test/counter.ts";
import { testEnvironment } from "#test/environment.ts";
import { setUpFactor } from "#test/second-factor.ts";
import { newKeyText } from "#test/two-keys.ts";
import { addAccounts, changeSecrets, keys, openWith } from "./parts/key-books.ts";

// Every process of this test knows both keys, as the guide says, but for those that say otherwise.
await vi.hoisted(async () => (await import("#test/two-keys.ts")).knowTwoKeys());

const counter = openCounter();
const { open } = counter;
const rotations = 10;
const there = { main: keys.second, old: keys.first };
const back = { main: keys.first, old: keys.second };
let slugs: string[] = [];

beforeAll(async () => {
  slugs = await addAccounts(counter.database, open().shop.account.id, 25);
});

const start = (main = keys.first, old: typeof keys.first | null = null) =>
  holdMasterKey(counter.database, { main, old });

test("T15: books of an earlier version take the key that sealed them and chained their audit, and refuse every other", async () => {
  const { db } = counter.database;
  await counter.order("paid");
  await expect(start(keys.stranger)).rejects.toThrow("STOREDESK_MASTER_KEY is not the key of these books");
  expect(await db.select().from(masterKey)).toEqual([]);
  await start(keys.stranger, keys.first);
  expect(await db.select().from(masterKey)).toMatchObject([{ version: 1, mark: keys.first.mark }]);
  await expect(start(keys.stranger)).rejects.toThrow("STOREDESK_MASTER_KEY is not the key of these books");
  await counter.order("paid");
  expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
});

/** Does something again and again until it is told to stop; says how often, and throws what it threw. */
function keepDoing(work: (no: number) => Promise<unknown>) {
  let isOver = false;
  const done = (async () => {
    let no = 0;
    for (; !isOver; no += 1) await work(no);
    return no;
  })();
  const ended = done.then(
    (times) => ({ times }),
    (error: unknown) => ({ error }),
  );
  return async () => {
    isOver = true;
    const end = await ended;
    if ("error" in end) throw end.error;
    return end.times;
  };
}

async function readEveryAccount() {
  const rows = await counter.database.db
    .select({ id: merchantAccount.id })
    .from(merchantAccount)
    .where(sql`length(sealed_secrets) > 0`);
  for (const { id } of rows) await open().ctx.openAccount(id);
}

async function refundOne() {
  const at = await counter.order("paid");
  await counter.approve(at, await counter.asked(at));
  await counter.settled(at, "SUCCEEDED");
  expect(await counter.returned(at)).toEqual([1000]);
}

test("F35: ten rotations while clerks read keys, owners change them and refunds leave: everything opens, all the time", async () => {
  const { database } = counter;
  const person = await counter.hire(open().shop.shop.id, "manager");
  const { codes } = await setUpFactor(database, person);
  const others = [
    ...[1, 2].map(() => keepDoing(readEveryAccount)),
    keepDoing((no) =>
      changeSecrets(database, slugs[no % slugs.length] ?? "", open().simulator.settings.secrets),
    ),
    keepDoing(refundOne),
  ];
  for (let no = 0; no < rotations; no += 1) {
    const ring = no % 2 === 0 ? there : back;
    expect(await rotateKeys(database, ring)).toMatchObject({ version: no + 2, isNew: true });
    const { all, opens } = await openWith(database, ring.main);
    expect([all, opens]).toEqual([opens, slugs.length + 1 + 1 + 2 + no + 1 + 1]);
    expect(await withTx(database, (tx) => spendCode(tx, person.staffId, codes[no] ?? ""))).toBe("recovery");
  }
  const [reads = 0, , changes = 0, refunds = 0] = await Promise.all(others.map((stop) => stop()));
  expect(Math.min(reads, changes, refunds)).toBeGreaterThan(0);
  expect(await verifyAudit(database)).toMatchObject({ isWhole: true });
  process.stdout.write(
    `| F35 | ${rotations} rotations of ${slugs.length + 1} accounts beside ${refunds} refunds, ${changes} changed and ${reads} times all read keys: 0 failed |\n`,
  );
});

test("F35: a line edited before or after the audit changed its key is named, and so is the line that names the key", async () => {
  const { db } = counter.database;
  const links = await db
    .select()
    .from(auditEvent)
    .where(eq(auditEvent.action, "begin-key-rotation"))
    .orderBy(asc(auditEvent.seq));
  expect(links).toHaveLength(rotations);
  await db.execute(sql`create table kept as select * from audit_event`);
  await db.execute(sql`alter table audit_event disable trigger user`);
  const named = links[4]?.seq ?? 0;
  for (const seq of [named - 1, named, named + 1]) {
    await db.execute(sql`update audit_event set subject = 'somebody else' where seq = ${seq}`);
    expect(await verifyAudit(counter.database)).toEqual({ isWhole: false, brokenAt: seq, damage: "changed" });
    await db.execute(
      sql`update audit_event e set subject = k.subject from kept k where k.seq = e.seq and e.seq = ${seq}`,
    );
  }
  await db.execute(sql`update kept_key set from_seq = from_seq + 1 where purpose = 'audit' and version = 4`);
  expect((await verifyAudit(counter.database)).isWhole).toBe(false);
  await db.execute(sql`update kept_key set from_seq = from_seq - 1 where purpose = 'audit' and version = 4`);
  await db.execute(sql`alter table audit_event enable trigger user`);
  expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
});

const half = async () => (await counter.database.db.select().from(masterKey))[0]?.previousMark;

/** `npm run keys:rotate` from the first key to the second. */
function command(variables: Record<string, string | undefined> = {}): ChildProcess {
  const flags = ["--conditions=react-server", "--import", "./scripts/process/quick-imports.mjs"];
  return spawn(process.execPath, [...flags, "scripts/keys-rotate.ts"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      DATABASE_URL: counter.url,
      STOREDESK_MASTER_KEY: newKeyText,
      STOREDESK_MASTER_KEY_OLD: testEnvironment.STOREDESK_MASTER_KEY,
      ...variables,
    },
  });
}

async function ended(child: ChildProcess) {
  const [said, wrong, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : "",
    child.stderr ? text(child.stderr) : "",
    once(child, "close"),
  ]);
  return { code, said: `${said}${wrong}` };
}

test("F35: killed half-way, it starts with both keys alone, says which is missing, and goes on where it was", async () => {
  const { database } = counter;
  const wrapped = () => openWith(database, keys.second);
  const holder = await database.pool.connect();
  await holder.query("begin");
  await holder.query("select 1 from merchant_account where slug = $1 for update", [slugs.at(-1)]);
  const child = command();
  const gone = once(child, "close");
  await expect
    .poll(async () => {
      const { rows } = await database.pool.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
            and query like '%merchant_account%for update%'`,
      );
      return rows.length;
    })
    .toBe(1);
  child.kill("SIGKILL");
  await gone;
  await holder.query("rollback");
  holder.release();
  const { all, opens } = await wrapped();
  expect(opens).toBeGreaterThan(0);
  expect(opens).toBeLessThan(all);
  expect(await half()).toBe(keys.first.mark);

  await expect(start(keys.second)).rejects.toThrow(/half-way.* STOREDESK_MASTER_KEY_OLD is missing/);
  await expect(start(keys.first)).rejects.toThrow(
    /half-way.* new one is missing: it goes into STOREDESK_MASTER_KEY,/,
  );
  await expect(start(keys.stranger)).rejects.toThrow("is not the key of these books");
  await expect(start(keys.stranger, keys.first)).rejects.toThrow(/new one is missing/);
  await expect(rotateKeys(database, back)).rejects.toThrow("put the two the other way round");
  await expect(start(keys.second, keys.first)).resolves.toBeUndefined();
  await readEveryAccount();

  const again = await ended(command());
  expect(again).toMatchObject({ code: 0, said: expect.stringContaining("Went on with a rotation") });
  expect(await wrapped()).toEqual({ all, opens: all });
  expect(await half()).toBeNull();
  await expect(start(keys.second)).resolves.toBeUndefined();
  await expect(start(keys.first)).rejects.toThrow("STOREDESK_MASTER_KEY is not the key of these books");
  expect(await rotateKeys(database, { main: keys.second, old: null })).toBeNull();
  expect(await verifyAudit(database)).toMatchObject({ isWhole: true });
});

test("F35: with a key that is not the one of the books, or while an instance does not know the new one, nothing moves", async () => {
  const { database } = counter;
  const before = await openWith(database, keys.second);
  const wrong = { STOREDESK_MASTER_KEY: Buffer.alloc(32, 11).toString("base64") };
  expect(await ended(command(wrong))).toEqual({
    code: 1,
    said: "STOREDESK_MASTER_KEY is not the key of these books, nor is STOREDESK_MASTER_KEY_OLD: look for the right one before anything else.\n",
  });
  const stranger = { main: keys.stranger, old: keys.second };
  await expect(rotateKeys(database, stranger)).rejects.toThrow("does not know the new key yet");
  expect(await openWith(database, keys.second)).toEqual(before);
  expect(await half()).toBeNull();
  await rotateKeys(database, back);
  expect((await openWith(database, keys.first)).opens).toBe(before.all + 1);
});
