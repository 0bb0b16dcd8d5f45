"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { confirmPin, type PinRefusal, takeStepUp } from "#lib/auth/step-up.ts";
import { appDatabase } from "#lib/db/pool.ts";
import {
  approveForm,
  approveHereForm,
  approveTogetherForm,
  rejectForm,
  returnForm,
  withdrawForm,
} from "#lib/domain/forms.ts";
import type { Result } from "#lib/domain/result.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { approveAtCounter } from "#lib/use-cases/approve-at-counter.ts";
import { type Approved, approveRefund } from "#lib/use-cases/approve-refund.ts";
import type { DecisionRefusal } from "#lib/use-cases/decide-refund.ts";
import { rejectRefund } from "#lib/use-cases/reject-refund.ts";
import { returnRefund } from "#lib/use-cases/return-refund.ts";
import { approveTogether } from "#lib/use-cases/together/approve-together.ts";
import { withdrawRefund } from "#lib/use-cases/withdraw-refund.ts";

export const approveAction = staffAction(
  approveForm,
  async (staff, { requestNo, pin, seen }): Promise<Result<Approved, PinRefusal | DecisionRefusal>> => {
    const confirmed = await confirmPin(appDatabase(), staff, { pin, subject: requestNo });
    if (!confirmed.ok) return confirmed;
    const use = { id: confirmed.value, subject: requestNo };
    return approveRefund(appContext(), staff, {
      requestNo,
      seen,
      takeStepUp: (tx) => takeStepUp(tx, staff, use),
    });
  },
);

export const approveTogetherAction = staffAction(
  approveTogetherForm,
  (staff, input) => approveTogether(appContext(), staff, input),
  (items) => ({ items }),
);

export const approveHereAction = staffAction(approveHereForm, (staff, input) =>
  approveAtCounter(appContext(), staff, input),
);

export const rejectAction = staffAction(rejectForm, (staff, input) =>
  rejectRefund(appContext(), staff, input),
);

export const returnAction = staffAction(returnForm, (staff, input) =>
  returnRefund(appContext(), staff, input),
);

export const withdrawAction = staffAction(withdrawForm, (staff, input) =>
  withdrawRefund(appContext(), staff, input),
);
