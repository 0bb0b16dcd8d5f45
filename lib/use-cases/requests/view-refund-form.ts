import "server-only";
import { sql } from "drizzle-orm";
import type { Currency } from "#lib/domain/currency.ts";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import type { OwnLimitFacts } from "#lib/domain/own-limit.ts";
import { sumMoney } from "#lib/domain/refund.ts";
import { reasonsOf } from "#lib/domain/refund-reasons.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { mayAsk, type RequestRefusal } from "../may-ask.ts";
import { factsOf, findBooks } from "../order-books.ts";
import { readOwnLimit } from "../own-limit/read-own-limit.ts";
import { viewOrder } from "../view-order.ts";
import { type RawRow, type RequestRow, selectRequests, toRow } from "./request-rows.ts";

/** What the refund form needs; amounts in minor units. */
export type RefundFormView = {
  readonly account: string;
  readonly gateway: GatewayId;
  readonly orderNo: string;
  readonly storeName: string;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly paidMinor: number;
  /** What went back without us, in the gateway's own app or portal. */
  readonly elsewhereMinor: number;
  /** What this form may ask for at most; an answered request's own amount counts as free. */
  readonly restMinor: number;
  readonly takes: Pick<Capabilities["refund"], "canPartial" | "reasonLengthMax" | "cashierLengthMax">;
  /** The reasons to choose from, in their order. */
  readonly reasons: readonly string[];
  /** What the form tells before it is sent: by which limits the amount goes at once, or why a manager decides. */
  readonly own: OwnLimitFacts;
  /** Why nothing can be asked for now; null: the form is open. */
  readonly refusal: RequestRefusal | null;
  /** The request this one would follow. */
  readonly previous: RequestRow | null;
};

/** The form for one order, opened by this person; null where the order is none of their stores'. Opening it asks the gateway. */
export async function viewRefundForm(
  ctx: Context,
  staff: CurrentStaff,
  at: { account: string; orderNo: string; previousNo: string | undefined },
): Promise<RefundFormView | null> {
  const { db } = ctx.database;
  const isTheirs = (await viewOrder(ctx, staff, at)) !== null;
  const books = isTheirs ? await findBooks(db, staff, at) : null;
  if (!books) return null;
  const { canPartial, reasonLengthMax, cashierLengthMax } = ctx.capabilitiesOf(books.account).refund;
  const { previousNo } = at;
  const previous = previousNo
    ? await findPrevious(ctx, staff, { orderId: books.order.id, previousNo })
    : null;
  const may = await mayAsk(ctx, db, { rights: staff, books, ask: { amountMinor: null, previousNo } });
  const { remainingMinor, elsewhereMinor } = sumMoney(factsOf(books));
  const freedMinor = previous?.status === "RETURNED" ? previous.amountMinor : 0;
  return {
    account: books.account.slug,
    gateway: books.account.gateway,
    orderNo: books.order.orderNo,
    storeName: books.store.name,
    timeZone: books.store.timeZone,
    currency: books.order.currency,
    paidMinor: books.order.paidMinor,
    elsewhereMinor,
    restMinor: remainingMinor + freedMinor,
    takes: { canPartial, reasonLengthMax, cashierLengthMax },
    reasons: reasonsOf(books.store.refundReasons),
    own: await readOwnLimit(db, staff, books),
    refusal: may.ok ? null : may.refusal,
    previous,
  };
}

async function findPrevious(
  ctx: Context,
  staff: CurrentStaff,
  { orderId, previousNo }: { orderId: string; previousNo: string },
): Promise<RequestRow | null> {
  const { rows } = await ctx.database.db.execute<RawRow>(
    selectRequests(
      staff,
      sql`r.request_no = ${previousNo} and r.order_id = ${orderId} and r.requested_person = ${staff.personId}`,
    ),
  );
  return rows[0] ? toRow(rows[0]) : null;
}
