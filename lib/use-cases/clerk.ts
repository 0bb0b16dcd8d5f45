import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { gapLeftMs, takeLane } from "#lib/db/lane.ts";
import { limits } from "#lib/domain/limits.ts";
import { log, logAbout } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { inSpan } from "#lib/trace.ts";
import { queryInSlot, type Turn } from "./ask-gateway.ts";
import type { Context } from "./context.ts";
import { callQuery } from "./find-out/call-query.ts";
import { doChore } from "./find-out/do-chore.ts";
import { dueAccounts, type Job, nextJob } from "./find-out/next-job.ts";
import { askByNumber, askRefunds, recordNumber, recordRefunds } from "./find-out/record-number.ts";
import { sweep } from "./find-out/sweep.ts";
import { readBooks } from "./order-books.ts";
import { recordQuery } from "./record-answer.ts";
import { keepHead, passRestoreGate } from "./restore/restore-gate.ts";
import { sendOp } from "./send-op.ts";
import { askByList } from "./watched-list/ask-by-list.ts";
import { listInstead } from "./watched-list/list-instead.ts";

const tickMs = 150;
const sweepEveryTicks = 30;

/** Does the next piece of work of one account, if there is any and its lane is free. Safe in any number of processes. */
export async function workAccount(ctx: Context, accountId: string): Promise<"worked" | "idle"> {
  const job = await nextJob(ctx, accountId);
  if (!job) return "idle";
  const ttlMs = job.kind === "send" ? limits.laneSendTtlMs : limits.laneQueryTtlMs;
  // Opened before the lane is taken: keys that do not open must not leave it held.
  const account = await ctx.openAccount(accountId);
  const list = "orderId" in job && job.isOnlyWatched ? await listInstead(ctx, account, job.orderId) : null;
  const by = job.isMoney ? "send" : "watch";
  const slot = await takeLane(ctx.database, accountId, { holder: ctx.instanceId, ttlMs, by });
  if (!slot) return "idle";
  const turn = { account, slot };
  await inSpan("clerk", { account: account.slug, job: list ? "list" : job.kind }, () =>
    list ? askByList(ctx, turn, list) : doJob(ctx, turn, job),
  );
  return "worked";
}

/** Between two pieces of an account's work at least, in ms: work that leaves the lane unused and stays due must not spin. */
const breathMs = 10;

/** An account's work piece by piece, each the moment its lane is free, until nothing is due or somebody else has the lane. */
export async function workOn(ctx: Context, accountId: string, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted && (await workAccount(ctx, accountId)) === "worked") {
    const restMs = Math.max(breathMs, await gapLeftMs(ctx.database, accountId));
    await sleep(restMs, undefined, { signal }).catch(() => undefined);
  }
}

async function doJob(ctx: Context, turn: Turn, job: Job): Promise<void> {
  switch (job.kind) {
    case "send":
      if (!job.opId) throw new Error("a send without its operation");
      return sendOp(ctx, turn, job.opId);
    case "query":
      return askAboutOrder(ctx, turn, job);
    case "refunds":
      return askAboutRefunds(ctx, turn, job);
    default:
      return doChore(ctx, turn, job);
  }
}

type OrderJob = { opId: string | null; orderId: string; orderNo: string };

async function askAboutOrder(ctx: Context, turn: Turn, { opId, orderId, orderNo }: OrderJob): Promise<void> {
  const books = await readBooks(ctx.database.db, orderId);
  const op = books.ops.find(({ id }) => id === opId);
  const byNumber = op && askByNumber(ctx, turn.account, books, op);
  if (!op || !byNumber) return recordQuery(ctx, orderId, await queryInSlot(ctx, turn, orderNo));
  await recordNumber(ctx, { orderId, opId: op.id }, await callQuery(ctx, turn, byNumber));
}

async function askAboutRefunds(ctx: Context, turn: Turn, { orderId }: OrderJob): Promise<void> {
  const books = await readBooks(ctx.database.db, orderId);
  const call = askRefunds(turn.account, books);
  if (!call) throw new Error("an account that lists no refunds was asked for them");
  await recordRefunds(ctx, orderId, await callQuery(ctx, turn, call));
}

/**
 * The clerk: one loop a process, any number of processes. Returns what stops it. `headFile`: where the audit's head is copied;
 * nothing is done before the books were held against that copy (recovery/restore-gate.ts).
 */
export function startClerk(
  ctx: Context,
  { headFile = null }: { headFile?: string | null } = {},
): () => Promise<void> {
  const busy = new Map<string, Promise<void>>();
  let ticks = 0;
  const stop = new AbortController();
  const tick = async () => {
    if (ticks % sweepEveryTicks === 0) {
      if (headFile) await (ticks === 0 ? passRestoreGate(ctx, headFile) : keepHead(ctx, headFile));
      await sweep(ctx);
    }
    ticks += 1;
    for (const id of await dueAccounts(ctx)) {
      if (stop.signal.aborted || busy.has(id)) continue;
      const work = logAbout({ account: id }, () => workOn(ctx, id, stop.signal))
        .catch((error: unknown) => log.error({ account: id, error: String(error) }, "the clerk stumbled"))
        .finally(() => busy.delete(id));
      busy.set(id, work);
    }
    metrics().clerkTurnAt.setToCurrentTime();
  };
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isRung = false;
  const loop = () => {
    isLooking = true;
    isRung = false;
    void tick()
      .catch((error: unknown) => log.warn({ error: String(error) }, "the clerk cannot reach the books"))
      .finally(() => {
        isLooking = false;
        // Rung while it looked: what was written since may not have been seen.
        if (!stop.signal.aborted) timer = setTimeout(loop, isRung ? 0 : tickMs);
      });
  };
  const unhear = ctx.bell.onRing(() => {
    isRung = true;
    if (isLooking) return;
    clearTimeout(timer);
    loop();
  });
  loop();
  return async () => {
    unhear();
    stop.abort();
    clearTimeout(timer);
    await Promise.allSettled(busy.values());
  };
}
