"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { changeSignInRules } from "#lib/auth/people/sign-in-rules.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { signInRulesForm } from "#lib/domain/forms.ts";

export const changeSignInRulesAction = staffAction(signInRulesForm, (staff, input) =>
  changeSignInRules(appDatabase(), staff, input),
);
