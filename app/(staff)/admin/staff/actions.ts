"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { resetFactor } from "#lib/auth/factor/reset-factor.ts";
import { addStaff } from "#lib/auth/people/add-staff.ts";
import { changeLimits } from "#lib/auth/people/change-limits.ts";
import { changeStaff } from "#lib/auth/people/change-staff.ts";
import { renewSecrets } from "#lib/auth/people/renew-secrets.ts";
import { declineRole } from "#lib/auth/raise/role-wish.ts";
import { appDatabase } from "#lib/db/pool.ts";
import {
  limitsForm,
  newSecretsForm,
  newStaffForm,
  personForm,
  roleForm,
  staffForm,
} from "#lib/domain/forms.ts";

export const addStaffAction = staffAction(newStaffForm, (staff, input) =>
  addStaff(appDatabase(), staff, input),
);

export const changeStaffAction = staffAction(staffForm, (staff, input) =>
  changeStaff(appDatabase(), staff, input),
);

export const renewSecretsAction = staffAction(newSecretsForm, (staff, input) =>
  renewSecrets(appDatabase(), staff, input),
);

export const changeLimitsAction = staffAction(limitsForm, (staff, input) =>
  changeLimits(appDatabase(), staff, input),
);

/** Another owner's wish for somebody's role: agreed, or not. */
export const agreeRoleAction = staffAction(roleForm, (staff, input) =>
  changeStaff(appDatabase(), staff, input),
);

export const declineRoleAction = staffAction(personForm, (staff, input) =>
  declineRole(appDatabase(), staff, input),
);

export const resetFactorAction = staffAction(personForm, (staff, input) =>
  resetFactor(appDatabase(), staff, input),
);
