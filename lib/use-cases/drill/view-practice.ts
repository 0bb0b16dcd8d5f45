import "server-only";
import { z } from "zod";
import { isDrillBooks } from "#lib/db/drill/is-drill-books.ts";
import { practiceOf } from "#lib/domain/practice.ts";
import type { PracticeMade, PracticeView } from "#lib/domain/practice-view.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type PracticeAccount, practiceAccounts } from "./practice-accounts.ts";

const shownMax = 12;
const ordersWire = z.array(
  z.looseObject({
    storeOrderNo: z.string(),
    totalFee: z.int(),
    createdAt: z.number(),
    effects: z.array(z.looseObject({ kind: z.string() })),
  }),
);

/** What somebody can practise with and what was made at their stores lately, as the simulators have it; null: this is no drill. */
export async function viewPractice(ctx: Context, staff: CurrentStaff): Promise<PracticeView | null> {
  if (!(await isDrillBooks(ctx.database.db))) return null;
  const accounts = await practiceAccounts(ctx.database.db, staff);
  const made = (await Promise.all(accounts.map(madeAt))).flat();
  return {
    accounts: accounts.map(({ slug, storeName }) => ({ slug, storeName })),
    made: made.toSorted((one, other) => other.madeAtMs - one.madeAtMs).slice(0, shownMax),
  };
}

/** A simulator that gives no answer has nothing to show. */
async function madeAt({ slug, currency, line }: PracticeAccount): Promise<PracticeMade[]> {
  const read = ordersWire.safeParse(await line.ask(`orders?mchId=${encodeURIComponent(line.merchant)}`));
  if (!read.success) return [];
  return read.data.flatMap(({ storeOrderNo: orderNo, totalFee: amountMinor, createdAt, effects }) => {
    const practice = practiceOf(orderNo);
    if (!practice) return [];
    const canPay = !effects.some(({ kind }) => kind === "pay");
    return [{ account: slug, orderNo, practice, amountMinor, currency, canPay, madeAtMs: createdAt }];
  });
}
