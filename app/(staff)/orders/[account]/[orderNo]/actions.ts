"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { cancelForm, refundForm } from "#lib/domain/forms.ts";
import { type AmountRefusal, parseAmount } from "#lib/domain/money.ts";
import { type Result, refuse } from "#lib/domain/result.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { cancelOrder } from "#lib/use-cases/cancel-order.ts";
import type { RequestRefusal } from "#lib/use-cases/may-ask.ts";
import { findOrder } from "#lib/use-cases/order-books.ts";
import { refuseNotFound } from "#lib/use-cases/refuse-not-found.ts";
import { type Asked, requestRefund } from "#lib/use-cases/request-refund.ts";

export const cancelOrderAction = staffAction(cancelForm, (staff, input) =>
  cancelOrder(appContext(), staff, input),
);

type BadAmount = { readonly why: "badInput"; readonly fields: { readonly amount: AmountRefusal } };

export const requestRefundAction = staffAction(
  refundForm,
  async (staff, input): Promise<Result<Asked, RequestRefusal | BadAmount>> => {
    const order = await findOrder(appContext().database.db, staff, input);
    if (!order)
      return refuseNotFound(appContext(), staff, { action: "request-refund", orderNo: input.orderNo });
    const amount = parseAmount(input.amount, order.currency);
    if (!amount.ok) return refuse({ why: "badInput" as const, fields: { amount: amount.refusal } });
    return requestRefund(appContext(), staff, { ...input, amountMinor: amount.value });
  },
  ({ path }) => ({ path }),
);
