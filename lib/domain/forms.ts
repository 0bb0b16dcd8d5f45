import { z } from "zod";
import { gatewayOrderStates } from "./gateway-facts.ts";
import { gatewayIds } from "./gateway-id.ts";
import { isoDay } from "./iso-day.ts";
import { limits } from "./limits.ts";
import { ownPath } from "./own-path.ts";
import { paths } from "./paths.ts";
import { practiceCases } from "./practice.ts";
import { passwordFault, pinFault } from "./secrets.ts";
import { type Role, roles } from "./staff.ts";
import { isStorable } from "./storable-text.ts";

const gatewayStates = z.enum(gatewayOrderStates);

/** What people send with a form; messages are keys under `errors`. The amount stays text until its currency is known. */
export const orderAt = z.object({ account: z.string().min(1).max(32), orderNo: z.string().min(1).max(32) });
export const cancelForm = orderAt.extend({ clientRequestId: z.uuid() });
const refundWords = {
  amount: z.string("empty").trim().min(1, "empty").max(32, "tooLarge"),
  // Which reasons there are, the store says.
  reason: z
    .string("required")
    .min(1, "required")
    .max(limits.reasonWordsMax * 2, "tooLong"),
  note: z.string().trim().max(limits.noteLengthMax, "tooLong"),
};
/** "Other" tells a manager nothing by itself. */
const saysWhy = ({ reason, note }: { reason: string; note: string }) => reason !== "other" || note !== "";
const noteMissing = { path: ["note"], message: "noteForOther" };
/** The fields of the refund form as a person fills them in. */
export const refundDraftForm = z.object(refundWords).refine(saysWhy, noteMissing);
export const refundForm = orderAt
  .extend({ clientRequestId: z.uuid(), previousNo: z.string().max(16).optional(), ...refundWords })
  .refine(saysWhy, noteMissing);
export const withdrawForm = z.object({ requestNo: z.string().max(16) });
export const rejectForm = z.object({
  requestNo: z.string().max(16),
  reason: z.string().trim().min(1, "required").max(limits.reasonTextLengthMax, "tooLong"),
});
/** What has to change, or why not: the words the cashier reads. */
export const returnForm = rejectForm;
export const noticeForm = z.object({ id: z.uuid() });
const pin = z.string().regex(/^\d{6}$/, "pinDigits");
export const unlockForm = z.object({ pin });
const seen = z.object({ gatewayState: gatewayStates, paidMinor: z.int(), remainingMinor: z.int() });
export const approveForm = z.object({ requestNo: z.string().max(16), pin, seen });
export const approveTogetherForm = z.object({
  requestNos: z.array(z.string().max(16)).min(1, "required").max(limits.togetherMax, "tooMany"),
  pin,
});
export const approveHereForm = approveForm.extend({ approverId: z.uuid("required") });

/** The person's own password or PIN; what is wrong with the new one, the use-case says. */
export const ownSecretForm = z.object({
  what: z.enum(["password", "pin"]),
  current: z.string().min(1, "required").max(limits.passwordLengthMax, "tooLong"),
  next: z.string().min(1, "required").max(limits.passwordLengthMax, "tooLong"),
});
/** Who stands in for somebody, from which day until which, both included; what is wrong with the days, the use-case says. */
export const deputyForm = z.object({
  deputyId: z.uuid("required"),
  fromOn: z.iso.date("required"),
  untilOn: z.iso.date("required"),
});
export const endDeputyForm = z.object({ id: z.uuid() });
/** What is typed at sign-in; too long counts as cut off, so that nothing tells why it was wrong. */
const cutAt = (max: number) =>
  z
    .unknown()
    .optional()
    .transform((text) => (typeof text === "string" && isStorable(text) ? text.slice(0, max) : ""));
export const signInForm = z.object({
  username: cutAt(limits.usernameLengthMax),
  password: cutAt(limits.passwordLengthMax),
});
/** A code of the app or a recovery code; the use-case says whether it is right. */
export const codeForm = z.object({ code: z.string().trim().min(1, "required").max(32, "wrongCode") });
/** Where somebody goes on to after signing in: a path of ours, or the Counter. */
export const nextForm = z.object({
  next: z.unknown().transform((text) => ownPath(typeof text === "string" ? text : null) ?? paths.counter),
});
/** A password or a code. */
export const factorProofForm = z.object({
  proof: z.string().min(1, "required").max(limits.passwordLengthMax, "tooLong"),
});
/** `sessionId` null: all but this one. */
export const endSessionsForm = z.object({ sessionId: z.uuid().nullable() });

const username = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "required")
  .max(limits.usernameLengthMax, "tooLong")
  .regex(/^[a-z0-9._-]+$/, "usernameCharacters");
const staffWords = {
  username,
  name: z.string().trim().min(1, "required").max(limits.nameLengthMax, "tooLong"),
  role: z.enum(roles, "required"),
  storeIds: z.array(z.uuid()).max(limits.storesPerStaffMax),
};
/** A cashier, manager or owner without a store can do nothing; an auditor reads all of them. */
const worksSomewhere = ({ role, storeIds }: { role: Role; storeIds: readonly string[] }) =>
  role === "auditor" || storeIds.length > 0;
const storeMissing = { path: ["storeIds"], message: "storeMissing" };
const newSecrets = { password: z.string(), pin: z.string() };
const areGood = (
  { username: name, password, pin: digits }: { username: string; password: string; pin: string },
  context: z.RefinementCtx,
) => {
  const faults = { password: passwordFault(password, name), pin: pinFault(digits) };
  for (const [path, message] of Object.entries(faults))
    if (message) context.addIssue({ code: "custom", path: [path], message });
};
export const newStaffForm = z
  .object({ ...staffWords, ...newSecrets })
  .refine(worksSomewhere, storeMissing)
  .superRefine(areGood);
export const staffForm = z
  .object({ ...staffWords, isActive: z.boolean() })
  .refine(worksSomewhere, storeMissing);
/** Amounts stay text until the currency of the person's stores is known; what is wrong with them, the use-case says. */
const limitText = z.string().max(32, "tooLarge");
export const limitsForm = z.object({
  ...{ username, perRefund: limitText, dayCount: limitText, daySum: limitText, saleDays: limitText },
});
/** One account of those in sight. */
export const personForm = z.object({ username });
/** A role for one of them. */
export const roleForm = z.object({ username, role: z.enum(roles, "required") });
/** One session of somebody else. */
export const endSessionForm = z.object({ sessionId: z.uuid() });
/** The roles that need a second factor. */
export const signInRulesForm = z.object({ needing: z.array(z.enum(roles)).max(roles.length) });
export const newSecretsForm = z.object({ username, ...newSecrets }).superRefine(areGood);

/** What is wrong with a store, its use-case says: the same rules as those of the provisioning file. */
export const storeForm = z.object({
  isNew: z.boolean(),
  code: z.string().trim().max(16, "tooLong"),
  name: z.string().trim(),
  timeZone: z.string(),
  currency: z.string(),
  dayCutAt: z.string().trim(),
});
/** What is wrong with a reason, the use-case says. */
export const reasonsForm = z.object({
  reasons: z.array(z.string().max(limits.reasonWordsMax * 4, "tooLong")).max(limits.reasonsMax, "tooLong"),
});
/** The amount stays text until the store's currency is known; nothing typed is "never". */
export const secondApprovalForm = z.object({
  storeCode: z.string().max(16),
  secondAbove: z.string().max(32, "tooLarge"),
});
/** `settings`: by the names of the gateway's own fields. */
export const storeAccountForm = z.object({
  isNew: z.boolean(),
  storeCode: z.string().max(16),
  slug: z.string().trim().max(32, "tooLong"),
  gateway: z.enum(gatewayIds, "required"),
  settings: z.record(
    z.string().max(64),
    z.union([z.string().max(limits.settingLengthMax, "tooLong"), z.boolean()]),
  ),
});

const caseNo = z.string().min(1).max(16);
/** Evidence and findings are sentences, not words: the database wants ten characters of evidence too. */
const sentence = z.string().trim().min(10, "tooShort").max(limits.reasonTextLengthMax, "tooLong");
export const settleForm = z.object({
  caseNo,
  outcome: z.enum(["SUCCEEDED", "FAILED"], "required"),
  seen: sentence,
});
export const settleDecisionForm = z.object({ caseNo, isRight: z.boolean() });
export const closeCaseForm = z.object({ caseNo, found: sentence });
export const accountForm = z.object({ account: z.string().min(1).max(32) });
export const proofForm = accountForm.extend({ day: isoDay });
export const practiseForm = accountForm.extend({ practice: z.enum(practiceCases) });
export const nothingForm = z.object({});
