import "server-only";
import { eq, inArray } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { refundRequest, staff as staffTable } from "#lib/db/schema.ts";
import { isReserving, mayRequestRefund, type RefundRefusal, type RequestStatus } from "#lib/domain/refund.ts";
import { reasonsOf } from "#lib/domain/refund-reasons.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import type { Context } from "./context.ts";
import { decidedAs } from "./decide-refund.ts";
import { factsOf, type OrderBooks } from "./order-books.ts";

/** A request that keeps an amount reserved, and whether the reader may open it. */
export type Reservation = { readonly requestNo: string; readonly by: string; readonly canOpen: boolean };

/** Why a refund cannot be asked for. `reservedBy`: the requests that keep the rest reserved. */
export type RequestRefusal =
  | (RefundRefusal & { readonly reservedBy?: readonly Reservation[] })
  | { readonly why: "notFound" | "notAllowed" | "notYours" | "signedOut" }
  | { readonly why: "reasonGone"; readonly fields: { readonly reason: "reasonGone" } }
  | {
      readonly why: "decided";
      readonly status: RequestStatus;
      readonly by: string | null;
      readonly at: Date | null;
    };

type Asking = {
  readonly rights: CurrentStaff | null;
  readonly books: OrderBooks;
  readonly ask: {
    readonly amountMinor: number | null;
    readonly previousNo?: string | undefined;
    /** Left out: none was chosen yet. */
    readonly reason?: string;
  };
};

/**
 * May this person ask for this amount (null: for anything at all) of this order now? The rights come first, then what
 * became of the request it follows, then the money. Returns the rights it was judged by.
 */
export async function mayAsk(
  ctx: Context,
  db: Db,
  { rights, books, ask }: Asking,
): Promise<Result<CurrentStaff, RequestRefusal>> {
  if (!rights) return refuse({ why: "signedOut" });
  if (!rights.storeIds.includes(books.order.storeId)) return refuse({ why: "notFound" });
  if (!roleCan(rights.role, "request-refund")) return refuse({ why: "notAllowed" });
  const previous = books.requests.find(({ requestNo }) => requestNo === ask.previousNo);
  if (ask.previousNo && !previous) return refuse({ why: "notFound" });
  if (previous && previous.requestedPerson !== rights.personId) return refuse({ why: "notYours" });
  if (previous && !mayFollow(books, previous)) return refuse(await decidedAs(db, previous));
  if (ask.reason !== undefined && !reasonsOf(books.store.refundReasons).includes(ask.reason))
    return refuse({ why: "reasonGone", fields: { reason: "reasonGone" } });
  const others = books.requests.filter(({ id, status }) => !(id === previous?.id && status === "RETURNED"));
  const facts = factsOf({ ...books, requests: others });
  const allowed = mayRequestRefund(facts, ask.amountMinor, ctx.capabilitiesOf(books.account));
  if (allowed.ok) return ok(rights);
  const { refusal } = allowed;
  if (refusal.why !== "moreThanRemains" && refusal.why !== "nothingRemains") return refuse(refusal);
  return refuse({ ...refusal, reservedBy: await reservationsOf(db, others, rights) });
}

type Request = OrderBooks["requests"][number];

/** A new request follows one that waits for its cashier, or one that is over and moved no money. */
function mayFollow(books: OrderBooks, { id, status }: Request): boolean {
  if (status === "RETURNED" || status === "REJECTED" || status === "WITHDRAWN" || status === "EXPIRED")
    return true;
  const op = books.ops.find(({ requestId }) => requestId === id);
  return status === "APPROVED" && op?.state === "FAILED";
}

async function reservationsOf(
  db: Db,
  requests: readonly Request[],
  reader: CurrentStaff,
): Promise<Reservation[]> {
  const ids = requests.filter(({ status }) => isReserving(status)).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      requestNo: refundRequest.requestNo,
      by: staffTable.name,
      person: refundRequest.requestedPerson,
    })
    .from(refundRequest)
    .innerJoin(staffTable, eq(staffTable.id, refundRequest.requestedBy))
    .where(inArray(refundRequest.id, ids));
  return rows.map(({ requestNo, by, person }) => ({
    requestNo,
    by,
    canOpen: person === reader.personId || roleCan(reader.role, "approve-refund"),
  }));
}
