"use server";
import { staffAction } from "#app/_server/staff-action.ts";
import { accountForm, secondApprovalForm, storeAccountForm, storeForm } from "#lib/domain/forms.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { changeSecondApproval } from "#lib/use-cases/shop/change-second-approval.ts";
import { putOwnAccount } from "#lib/use-cases/shop/put-own-account.ts";
import { putOwnStore } from "#lib/use-cases/shop/put-own-store.ts";
import { testAccount } from "#lib/use-cases/shop/test-account.ts";

export const putStoreAction = staffAction(storeForm, (staff, input) =>
  putOwnStore(appContext(), staff, input),
);

export const changeSecondApprovalAction = staffAction(secondApprovalForm, (staff, input) =>
  changeSecondApproval(appContext(), staff, input),
);

export const putAccountAction = staffAction(storeAccountForm, (staff, input) =>
  putOwnAccount(appContext(), staff, input),
);

export const testAccountAction = staffAction(accountForm, (staff, input) =>
  testAccount(appContext(), staff, input),
);
