/** Roles of staff (security.md 4.6). No role inherits another; each has its own row below. */
export const roles = ["cashier", "manager", "owner", "auditor"] as const;
export type Role = (typeof roles)[number];

/** What can be done; the words are also the audit actions and the use-case names. */
export const permissions = [
  "look-up-order",
  "export-orders",
  "cancel-order",
  "request-refund",
  "withdraw-refund",
  "approve-refund",
  "reject-refund",
  "return-refund",
  "read-audit",
  "export-audit",
  "change-staff",
  "add-staff",
  "renew-secrets",
  "change-limits",
  "reset-factor",
  "change-sign-in",
  "end-session",
  "change-store",
  "change-reasons",
  "change-second-approval",
  "change-account",
  "read-attention",
  "close-incident",
  "propose-settlement",
  "confirm-settlement",
  "test-credentials",
  "run-proof",
  "switch-sending-on",
  "name-deputy",
  "end-deputy",
  "read-pairs",
  "practise",
  "begin-anew",
] as const;
export type Permission = (typeof permissions)[number];

const grants: Record<Role, readonly Permission[]> = {
  cashier: [
    "look-up-order",
    "export-orders",
    "cancel-order",
    "request-refund",
    "withdraw-refund",
    "practise",
  ],
  manager: [
    "look-up-order",
    "export-orders",
    "cancel-order",
    "request-refund",
    "withdraw-refund",
    "approve-refund",
    "reject-refund",
    "return-refund",
    "name-deputy",
    "end-deputy",
    "read-audit",
    "export-audit",
    "read-attention",
    "close-incident",
    "propose-settlement",
    "run-proof",
    "switch-sending-on",
    "practise",
    "begin-anew",
  ],
  owner: [
    "look-up-order",
    "export-orders",
    "approve-refund",
    "reject-refund",
    "return-refund",
    "name-deputy",
    "end-deputy",
    "read-audit",
    "export-audit",
    "read-pairs",
    "change-staff",
    "add-staff",
    "renew-secrets",
    "change-limits",
    "reset-factor",
    "change-sign-in",
    "end-session",
    "change-store",
    "change-reasons",
    "change-second-approval",
    "change-account",
    "read-attention",
    "close-incident",
    "confirm-settlement",
    "test-credentials",
    "run-proof",
    "switch-sending-on",
    "practise",
    "begin-anew",
  ],
  auditor: [
    "look-up-order",
    "export-orders",
    "read-audit",
    "export-audit",
    "read-pairs",
    "read-attention",
    "confirm-settlement",
    "switch-sending-on",
    "practise",
  ],
};

/** Whether a role carries a permission at all. The store scope is a second, separate question. */
export function roleCan(role: Role, permission: Permission): boolean {
  return grants[role].includes(permission);
}

/** What decides about money or about people: a role that brings one of these is a raise (security.md T13, T14). */
export const weighty = [
  "approve-refund",
  "confirm-settlement",
  "switch-sending-on",
  "change-staff",
] as const satisfies readonly Permission[];

/** Whether a role decides about something that the role before does not; null: no role before, the account is new or was closed. */
export function isRaise(before: Role | null, role: Role): boolean {
  return weighty.some((one) => roleCan(role, one) && !(before && roleCan(before, one)));
}

/** Whether this has to wait while somebody's role is new. */
export function isWeighty(permission: Permission): boolean {
  return weighty.some((one) => one === permission);
}

/** A signed-in member of staff as read from the database for this very call. */
export type CurrentStaff = {
  readonly staffId: string;
  /** The person behind the account: two accounts of one person cannot approve for each other. */
  readonly personId: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  /** Stores whose orders this person may see; for the auditor all stores. */
  readonly storeIds: readonly string[];
  readonly sessionId: string;
  readonly deviceId: string;
};
