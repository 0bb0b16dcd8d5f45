import "server-only";
import { confirmPinForEach, type PinRefusal, takeStepUp } from "#lib/auth/step-up.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import { type CurrentStaff, roleCan } from "#lib/domain/staff.ts";
import { approveRefund } from "../approve-refund.ts";
import type { Context } from "../context.ts";
import type { DecisionRefusal } from "../decide-refund.ts";
import { refuseNotFound } from "../refuse-not-found.ts";
import { type Chosen, findTogether } from "./find-together.ts";
import { judgeTogether } from "./judge-together.ts";

/** What became of one of them; `refusal` null: it was approved. */
export type TogetherItem = { readonly requestNo: string; readonly refusal: DecisionRefusal | null };

/** Why none of them was judged. */
type WholeRefusal = { readonly why: "notAllowed" | "notFound" | "notOneStore" };

/**
 * Approves several requests of one store with one PIN (scenario 42). Each is judged and committed in a transaction of its
 * own by what approves a single one: the step-up is its own and used once, the facts it was asked on must be those of now,
 * rights, own person and a first decision count as always, and each leaves its own audit line. Besides it must be of low
 * risk at that moment (domain/go-together.ts). A wrong PIN approves none. A second press finds them decided.
 */
export async function approveTogether(
  ctx: Context,
  staff: CurrentStaff,
  { requestNos, pin }: { readonly requestNos: readonly string[]; readonly pin: string },
): Promise<Result<readonly TogetherItem[], PinRefusal | WholeRefusal>> {
  const subjects = [...new Set(requestNos)];
  const chosen = await findTogether(ctx.database.db, staff, subjects);
  const why = whyNone(staff, chosen);
  if (why) return refuseAll(ctx, staff, { why, subjects });
  const confirmed = await confirmPinForEach(ctx.database, staff, { pin, subjects });
  if (!confirmed.ok) return confirmed;
  const seenOf = new Map(chosen.map(({ row, asked }) => [row.requestNo, asked]));
  const items: TogetherItem[] = [];
  for (const requestNo of subjects) {
    const seen = seenOf.get(requestNo);
    const use = { id: confirmed.value.get(requestNo) ?? "", subject: requestNo };
    const answer = seen
      ? await approveRefund(ctx, staff, {
          requestNo,
          seen,
          takeStepUp: (tx) => takeStepUp(tx, staff, use),
          together: { count: subjects.length, judge: judgeTogether },
        })
      : await refuseNotFound(ctx, staff, { action: "approve-refund", orderNo: requestNo });
    items.push({ requestNo, refusal: answer.ok ? null : answer.refusal });
  }
  return ok(items);
}

function whyNone(staff: CurrentStaff, chosen: readonly Chosen[]): WholeRefusal["why"] | null {
  if (!roleCan(staff.role, "approve-refund")) return "notAllowed";
  if (chosen.length === 0) return "notFound";
  return new Set(chosen.map(({ row }) => row.storeId)).size === 1 ? null : "notOneStore";
}

async function refuseAll(
  ctx: Context,
  staff: CurrentStaff,
  { why, subjects }: WholeRefusal & { readonly subjects: readonly string[] },
): Promise<Result<never, WholeRefusal>> {
  await withTx(ctx.database, (tx) =>
    appendAudit(tx, {
      ...{ action: "approve-refund", outcome: "refused", orderId: null, deviceId: staff.deviceId },
      ...{ staffId: staff.staffId, storeId: staff.storeIds[0] ?? null, subject: subjects.join(" ") },
      facts: { orderNo: subjects.join(" "), together: subjects.length, why },
    }),
  );
  return refuse({ why });
}
