"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { endSession } from "#lib/auth/session/sessions-in-sight.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { endSessionForm } from "#lib/domain/forms.ts";

export const endSessionAction = staffAction(endSessionForm, (staff, input) =>
  endSession(appDatabase(), staff, input),
);
