import type { SettingRules } from "#lib/gateway/simulator/control/settings.ts";

/** Every choice that the protocol paper leaves open (numbers: rows of its section 9) or that a fault suite varies. */
export type Settings = {
  /** Answers: wrapped Base64 and `\u003d`, or neither. */
  responseStyle: "gson" | "plain";
  /** Takes inner messages with single quotes, as one Python client sends them. */
  lenientJson: boolean;
  /** #4: refuses hyphens in order and refund numbers. */
  strictNumbers: boolean;
  /** #2: how amounts may be written in requests. */
  amountInput: "both" | "string" | "number";
  /** #3: how amounts are written in answers. */
  amountOutput: "documented" | "string" | "number";
  /** #6: three fields in the refund answer, or all six. */
  refundFields: "all" | "minimal";
  /** #7: whether hashed passwords must be lower case. */
  keyCase: "exact" | "any";
  /** #9: language of StatusDesc. */
  statusLanguage: "zh" | "en";
  /** #10: Data as an object, or as a string that holds JSON. */
  dataForm: "object" | "string";
  /** What Data is when a call was refused (section 3.2). */
  errorData: "object" | "null" | "empty-string" | "missing";
  /** #11: whether a request's Data may be an object. */
  objectDataAccepted: boolean;
  /** #12: the newer (Chinese site) or the older field set of SingleOrderQuery. */
  queryFields: "chinese" | "english";
  /** #13: whether an 8-digit EndDate includes its day. */
  endDateInclusive: boolean;
  /** #14: rows under DataValue and list, or Data itself an array. */
  rowsForm: "documented" | "array";
  /** #15: what a list without rows answers. */
  emptyListCode: "0000" | "2000";
  /** #16: ResponseTime in the OrderQuery header. */
  orderQueryResponseTime: boolean;
  /** #17: display name or code in OrderQuery1.1 rows. */
  transactionMethod: "name" | "code";
  /** #19: lock the IP on a status query that comes too soon after the previous answer. */
  rateLimit: boolean;
  queryGapMs: number;
  lockMs: number;
  /** #20: whether the gateway knows CancelOrder at all. */
  cancelOrder: boolean;
  /** Whether CancelOrder returns the money of a paid order; if not it answers 7134. */
  cancelCoversPaid: boolean;
  cancelWindowMs: number;
  /** #22: what a notice escapes. */
  noticeEscapes: "sign-only" | "gson";
  /** #23: answer to a wrong refund password. */
  wrongRefundKeyCode: "7168" | "7105";
  /** #24: errors as a bare code instead of inside the envelope. */
  bareErrors: boolean;
  /** #28: may a partial refund equal all that is left? */
  lastPartAccepted: boolean;
  /** OrderStatus after a partial refund (section 6.1). */
  partialRefundStatus: "3" | "1";
  /** CreateTime further off than this answers 7124; 0 switches the check off. */
  clockSkewMaxMs: number;
  /** Lifetime of a QR code when TimeExpire is not given. */
  qrLifetimeMs: number;
  /** Ceiling of one order, whole TWD; above it 7126. */
  orderAmountMax: number;
  /** Which repeats of a refund are noticed: by the order's own balance, by the refund number. */
  duplicateCheck: { order: boolean; number: boolean };
  /** How long status queries and lists stay silent about a refund that was made. */
  refundVisibleAfterMs: number;
  refundOutcome: "success" | "refund-fail" | "pending-then-success";
  /** How long a pending payment, refund or cancel stays pending. */
  pendingMs: number;
};

export const defaultSettings: Settings = {
  responseStyle: "gson",
  lenientJson: false,
  strictNumbers: false,
  amountInput: "both",
  amountOutput: "documented",
  refundFields: "all",
  keyCase: "exact",
  statusLanguage: "zh",
  dataForm: "object",
  errorData: "object",
  objectDataAccepted: false,
  queryFields: "chinese",
  endDateInclusive: true,
  rowsForm: "documented",
  emptyListCode: "0000",
  orderQueryResponseTime: false,
  transactionMethod: "name",
  rateLimit: true,
  queryGapMs: 2_000,
  lockMs: 600_000,
  cancelOrder: true,
  cancelCoversPaid: true,
  cancelWindowMs: 900_000,
  noticeEscapes: "sign-only",
  wrongRefundKeyCode: "7168",
  bareErrors: false,
  lastPartAccepted: true,
  partialRefundStatus: "3",
  clockSkewMaxMs: 0,
  qrLifetimeMs: 900_000,
  orderAmountMax: 1_000_000,
  duplicateCheck: { order: true, number: true },
  refundVisibleAfterMs: 0,
  refundOutcome: "success",
  pendingMs: 5_000,
};

/** The words each worded setting may take; the others are checked by the type of their default. */
const words = {
  responseStyle: ["gson", "plain"],
  amountInput: ["both", "string", "number"],
  amountOutput: ["documented", "string", "number"],
  refundFields: ["all", "minimal"],
  keyCase: ["exact", "any"],
  statusLanguage: ["zh", "en"],
  dataForm: ["object", "string"],
  errorData: ["object", "null", "empty-string", "missing"],
  queryFields: ["chinese", "english"],
  rowsForm: ["documented", "array"],
  emptyListCode: ["0000", "2000"],
  transactionMethod: ["name", "code"],
  noticeEscapes: ["sign-only", "gson"],
  wrongRefundKeyCode: ["7168", "7105"],
  partialRefundStatus: ["3", "1"],
  refundOutcome: ["success", "refund-fail", "pending-then-success"],
};

export const settingRules: SettingRules<Settings> = { defaults: defaultSettings, words };
