import "server-only";
import { eq } from "drizzle-orm";
import { merchantAccount } from "#lib/db/schema.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { askHarmlessly } from "../incidents/test-credentials.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";

export type TestRefusal = DeedRefusal | { readonly why: "keyRefused" | "gatewayNoAnswer" };

/**
 * Asks an account's gateway one question that moves nothing and says whether it takes the keys. Proves the key of
 * questions; a refund key has no harmless use. Changes nothing but the record.
 */
export async function testAccount(
  ctx: Context,
  by: CurrentStaff,
  { account: slug }: { account: string },
): Promise<Result<null, TestRefusal>> {
  const [row] = await ctx.database.db.select().from(merchantAccount).where(eq(merchantAccount.slug, slug));
  const isOwn = row !== undefined && by.storeIds.includes(row.storeId);
  const answer = isOwn && roleCan(by.role, "test-credentials") ? await askHarmlessly(ctx, row) : "none";
  return staffDeed<null, { why: "keyRefused" | "gatewayNoAnswer" }, DeedAbout>(ctx, by, {
    permission: "test-credentials",
    find: async (_, who) =>
      row && who.storeIds.includes(row.storeId)
        ? { storeId: row.storeId, orderId: null, subject: slug, facts: { reason: slug } }
        : null,
    act: async () => {
      if (answer === "right") return ok(null);
      return refuse({ why: answer === "refused" ? ("keyRefused" as const) : ("gatewayNoAnswer" as const) });
    },
  });
}
