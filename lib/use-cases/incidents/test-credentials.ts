import "server-only";
import { desc, eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { giveLane } from "#lib/db/lane.ts";
import { merchantAccount, payOrder } from "#lib/db/schema.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { GatewayOutcome } from "#lib/gateway/gateway.ts";
import { queryInSlot } from "../ask-gateway.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";
import { waitForLane } from "../wait-for-lane.ts";

export type TestRefusal = DeedRefusal | { readonly why: "notPaused" | "keyRefused" | "gatewayNoAnswer" };
type Account = typeof merchantAccount.$inferSelect;

/**
 * Tests the keys an account has now by one question that moves nothing, and lets sending go on (scenario 47). The question
 * proves the trade key; a refund key has no harmless use, so it is proven by the next send: that one goes first, and if the
 * gateway refuses it the account is paused again before another leaves. The case stays open until a send went through.
 */
export async function testCredentials(
  ctx: Context,
  staff: CurrentStaff,
  { account: slug }: { account: string },
): Promise<Result<null, TestRefusal>> {
  const [row] = await ctx.database.db.select().from(merchantAccount).where(eq(merchantAccount.slug, slug));
  const mayAsk =
    row?.sendingPausedWhy === "credentials" &&
    staff.storeIds.includes(row.storeId) &&
    roleCan(staff.role, "test-credentials");
  const answer = mayAsk ? await askHarmlessly(ctx, row) : null;
  type About = DeedAbout & { readonly account: Account };
  return staffDeed<null, { why: "notPaused" | "keyRefused" | "gatewayNoAnswer" }, About>(ctx, staff, {
    permission: "test-credentials",
    find: async (tx, who) => {
      const account = await lockAccount(tx, slug);
      if (!account || !who.storeIds.includes(account.storeId)) return null;
      const { storeId } = account;
      return { account, storeId, orderId: null, subject: slug, facts: { reason: slug } };
    },
    act: async (tx, _, { account }) => {
      if (account.sendingPausedWhy !== "credentials") return refuse({ why: "notPaused" });
      if (answer === null || answer === "none") return refuse({ why: "gatewayNoAnswer" });
      if (answer === "refused") return refuse({ why: "keyRefused" });
      await tx
        .update(merchantAccount)
        .set({ sendingPausedWhy: null, sendingPausedAt: null })
        .where(eq(merchantAccount.id, account.id));
      return ok(null);
    },
  });
}

async function lockAccount(tx: Db, slug: string): Promise<Account | null> {
  const [row] = await tx.select().from(merchantAccount).where(eq(merchantAccount.slug, slug)).for("update");
  return row ?? null;
}

/** Asks about the order that was read last, or one that does not exist: either answer proves the key. Moves nothing. */
export async function askHarmlessly(ctx: Context, account: Account): Promise<"right" | "refused" | "none"> {
  const [order] = await ctx.database.db
    .select({ orderNo: payOrder.orderNo })
    .from(payOrder)
    .where(eq(payOrder.accountId, account.id))
    .orderBy(desc(payOrder.asOfAt))
    .limit(1);
  const open = await ctx.openAccount(account.id);
  const slot = await waitForLane(ctx, account.id);
  if (!slot) return "none";
  const turn = { account: open, slot };
  try {
    return meaningOf(await queryInSlot(ctx, turn, order?.orderNo ?? "STOREDESKKEYTEST"));
  } catch (error) {
    await giveLane(ctx.database, slot, "trouble");
    throw error;
  }
}

function meaningOf(outcome: GatewayOutcome<unknown>): "right" | "refused" | "none" {
  if (outcome.outcome === "done") return "right";
  if (outcome.outcome !== "declined") return "none";
  const isRefused = ["credentials", "configuration", "locked-out"].includes(outcome.reason);
  return isRefused ? "refused" : "right";
}
