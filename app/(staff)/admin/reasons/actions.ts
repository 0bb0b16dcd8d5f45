"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { reasonsForm } from "#lib/domain/forms.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { changeReasons } from "#lib/use-cases/shop/change-reasons.ts";

export const changeReasonsAction = staffAction(reasonsForm, (staff, input) =>
  changeReasons(appContext(), staff, input),
);
