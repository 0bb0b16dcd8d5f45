"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { nothingForm, orderAt, practiseForm } from "#lib/domain/forms.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { beginAnew } from "#lib/use-cases/drill/begin-anew.ts";
import { payPractice, practise } from "#lib/use-cases/drill/practise.ts";

export const practiseAction = staffAction(
  practiseForm,
  (staff, input) => practise(appContext(), staff, input),
  ({ orderNo }) => ({ orderNo }),
);

export const payPracticeAction = staffAction(orderAt, (staff, input) =>
  payPractice(appContext(), staff, input),
);

export const beginAnewAction = staffAction(nothingForm, (staff) => beginAnew(appContext(), staff));
