import "server-only";
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { auditEvent, auditHead, headCopy, installation } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { type HeadCopy, judgeHead } from "#lib/domain/recovery/restore.ts";
import { log } from "#lib/log.ts";
import type { Context } from "../context.ts";
import { readHeadFile, writeHeadFile } from "./head-file.ts";
import { reconcileFirst } from "./reconcile-first.ts";

/** Another copy that is older than this is nobody's any more, in ms. */
const keptWithinMs = 5 * 60_000;

/**
 * The gate every process passes before it sends anything (money.md 2.12): books that are older than their copy outside, or
 * another history, or whose copy is gone, begin by finding out what moved; sending is off until two people switch it on.
 */
export async function passRestoreGate(ctx: Context, path: string): Promise<"open" | "reconcileFirst"> {
  const copy = await readHeadFile(path);
  const word = await withTx(ctx.database, async (tx) => {
    await tx.execute(sql`select 1 from installation where id = 1 for update`);
    const verdict = await judge(tx, copy);
    if (verdict === "whole" || verdict === "new") return verdict;
    await reconcileFirst(ctx, tx, { why: verdict, copyEpoch: copy?.epoch ?? null });
    return verdict;
  });
  await writeHead(ctx, path, { before: copy, head: await headNow(ctx) });
  if (word === "whole" || word === "new") return "open";
  log.error({ why: word }, "the books are not the ones their outside copy knows: sending is off");
  return "reconcileFirst";
}

async function judge(tx: Db, copy: HeadCopy | null) {
  const [books] = await tx.select().from(installation).where(eq(installation.id, 1));
  const [head] = await tx.select().from(auditHead);
  if (!books || !head) throw new Error("the books have no head");
  const [line] = copy
    ? await tx.select({ hash: auditEvent.hash }).from(auditEvent).where(eq(auditEvent.seq, copy.seq))
    : [];
  const isStart = copy?.seq === 0;
  const { rows } = await tx.execute<{ all: boolean; fresh: boolean }>(sql`
    select exists (select 1 from head_copy) as all,
           exists (select 1 from head_copy where written_at > clock_timestamp() - make_interval(secs => ${keptWithinMs / 1_000}::int)
                     and id is distinct from ${copy?.id ?? null}::uuid) as fresh`);
  return judgeHead(
    {
      epoch: books.epoch,
      pastEpochs: books.pastEpochs,
      seq: head.seq,
      hashAtCopy: isStart ? (copy?.hash ?? null) : (line?.hash ?? null),
      hasCopies: rows[0]?.all ?? false,
      isKeptElsewhere: rows[0]?.fresh ?? false,
    },
    copy,
  );
}

/** Copies the head of books that were just restored, whatever the copy said before. */
export async function copyHead(ctx: Context, path: string): Promise<void> {
  await writeHead(ctx, path, { before: await readHeadFile(path), head: await headNow(ctx) });
}

/**
 * Copies the audit's head outside the database; called by the clerk every few seconds. The file is read before the head: when
 * the head is then behind the file, commits were lost while we ran (C12), and the gate is passed again.
 */
export async function keepHead(ctx: Context, path: string): Promise<void> {
  const before = await readHeadFile(path);
  const head = await headNow(ctx);
  if (before && (before.seq > head.seq || isOther(before.epoch, head.epoch))) {
    await passRestoreGate(ctx, path);
    return;
  }
  await writeHead(ctx, path, { before, head });
}

const isOther = (copied: string | null, now: string | null) => copied !== null && copied !== now;

async function headNow({ database: { db } }: Context): Promise<Omit<HeadCopy, "id">> {
  const [row] = await db
    .select({ epoch: installation.epoch, seq: auditHead.seq, hash: auditHead.hash })
    .from(auditHead)
    .innerJoin(installation, eq(installation.id, 1));
  if (!row) throw new Error("the books have no head");
  return row;
}

type Writing = { before: HeadCopy | null; head: Omit<HeadCopy, "id"> };

async function writeHead(ctx: Context, path: string, { before, head }: Writing): Promise<void> {
  const id = before?.id ?? randomUUID();
  if (before?.seq !== head.seq || before.epoch !== head.epoch) await writeHeadFile(path, { id, ...head });
  await ctx.database.db
    .insert(headCopy)
    .values({ id, seq: head.seq, writtenAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({ target: headCopy.id, set: { seq: head.seq, writtenAt: sql`clock_timestamp()` } });
}
