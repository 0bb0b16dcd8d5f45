"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import {
  accountForm,
  closeCaseForm,
  nothingForm,
  proofForm,
  settleDecisionForm,
  settleForm,
} from "#lib/domain/forms.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { closeCase } from "#lib/use-cases/incidents/close-case.ts";
import { testCredentials } from "#lib/use-cases/incidents/test-credentials.ts";
import { runProof } from "#lib/use-cases/proof/plan-proofs.ts";
import { switchSendingOn } from "#lib/use-cases/restore/switch-sending-on.ts";
import { confirmSettlement, proposeSettlement } from "#lib/use-cases/settle/settle-by-hand.ts";

export const proposeAction = staffAction(settleForm, (staff, input) =>
  proposeSettlement(appContext(), staff, input),
);

export const decideAction = staffAction(settleDecisionForm, (staff, input) =>
  confirmSettlement(appContext(), staff, input),
);

export const closeAction = staffAction(closeCaseForm, (staff, input) =>
  closeCase(appContext(), staff, input),
);

export const testKeysAction = staffAction(accountForm, (staff, input) =>
  testCredentials(appContext(), staff, input),
);

export const switchOnAction = staffAction(nothingForm, (staff) => switchSendingOn(appContext(), staff));

export const runProofAction = staffAction(proofForm, (staff, input) => runProof(appContext(), staff, input));
