"use server";
import { setUpAction, staffAction } from "#app/_server/staff-action.ts";
import { beginFactor } from "#lib/auth/factor/begin-factor.ts";
import { confirmFactor } from "#lib/auth/factor/confirm-factor.ts";
import { removeOwnFactor } from "#lib/auth/factor/remove-factor.ts";
import { changeOwnSecret } from "#lib/auth/own/change-secret.ts";
import { endOwnSessions } from "#lib/auth/own/sessions.ts";
import { addPasskey } from "#lib/auth/passkey/add-passkey.ts";
import { beginPasskey } from "#lib/auth/passkey/begin-passkey.ts";
import { removePasskey } from "#lib/auth/passkey/remove-passkey.ts";
import { appDatabase } from "#lib/db/pool.ts";
import {
  codeForm,
  deputyForm,
  endDeputyForm,
  endSessionsForm,
  factorProofForm,
  nothingForm,
  ownSecretForm,
} from "#lib/domain/forms.ts";
import { passkeyBeginForm, passkeyMadeForm, passkeyRemoveForm } from "#lib/domain/passkey.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { endDeputy } from "#lib/use-cases/deputy/end-deputy.ts";
import { nameDeputy } from "#lib/use-cases/deputy/name-deputy.ts";

export const changeOwnSecretAction = staffAction(ownSecretForm, (staff, input) =>
  changeOwnSecret(appDatabase(), staff, input),
);

export const endOwnSessionsAction = staffAction(endSessionsForm, (staff, input) =>
  endOwnSessions(appDatabase(), staff, input),
);

/** Also for somebody whose role needs a second factor and who has none yet: they can do nothing else. */
export const beginFactorAction = setUpAction(nothingForm, (staff) => beginFactor(appDatabase(), staff));

export const confirmFactorAction = setUpAction(codeForm, (staff, input) =>
  confirmFactor(appDatabase(), staff, input),
);

/** The first step of adding a passkey: what the browser is asked to make one for. */
export const beginPasskeyAction = setUpAction(
  passkeyBeginForm,
  (staff, input) => beginPasskey(appDatabase(), staff, input),
  (passkey) => ({ passkey }),
);

export const addPasskeyAction = setUpAction(
  passkeyMadeForm,
  (staff, input) => addPasskey(appDatabase(), staff, input),
  (codes) => ({ codes }),
);

export const removePasskeyAction = staffAction(passkeyRemoveForm, (staff, input) =>
  removePasskey(appDatabase(), staff, input),
);

export const removeFactorAction = staffAction(factorProofForm, (staff, input) =>
  removeOwnFactor(appDatabase(), staff, input),
);

export const nameDeputyAction = staffAction(deputyForm, (staff, input) =>
  nameDeputy(appContext(), staff, input),
);

export const endDeputyAction = staffAction(endDeputyForm, (staff, input) =>
  endDeputy(appContext(), staff, input),
);
