"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { changeOwnSecret } from "#lib/auth/own/change-secret.ts";
import { endOwnSessions } from "#lib/auth/own/sessions.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { endSessionsForm, ownSecretForm } from "#lib/domain/forms.ts";

export const changeOwnSecretAction = staffAction(ownSecretForm, (staff, input) =>
  changeOwnSecret(appDatabase(), staff, input),
);

export const endOwnSessionsAction = staffAction(endSessionsForm, (staff, input) =>
  endOwnSessions(appDatabase(), staff, input),
);
