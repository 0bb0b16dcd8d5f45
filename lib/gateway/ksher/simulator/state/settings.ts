import type { SettingRules } from "#lib/gateway/simulator/control/settings.ts";

/** Every choice that the protocol paper leaves open (rows of its section 12, questions of its section 16) or that a fault suite varies. */
export type Settings = {
  /** ASSUMED: no limit is published. Locks the address on a status query that comes too soon after the previous answer. */
  rateLimit: boolean;
  queryGapMs: number;
  lockMs: number;
  /** Row 20: how a fresh order shows. */
  openShownAs: "NOTSURE" | "NOTPAY";
  /** How an order shows while its buyer pays. */
  payingShownAs: "USERPAYING" | "PENDING";
  /** Question 8: how an order shows once its time is over. */
  expiredShownAs: "CLOSED" | "NOTPAY" | "NOTSURE";
  /** Question 7: how an order shows after a part went back. */
  partialRefundShownAs: "REFUND" | "SUCCESS";
  /** Row 8. */
  textLanguage: "zh" | "en" | "th";
  /** Raw UTF-8 or `\u` escapes. */
  jsonEscapes: "raw" | "ascii";
  /** Question 1: the documented text without a signature, or a signed object. */
  cancelAnswer: "text" | "object";
  /** Question 2: cancelling a card payment in progress. */
  cardCancelCode: "-6" | "-4";
  /** Question 3: an unknown number in gateway_order_query: code -3, or code 0 with result FAIL. */
  unknownOrderQuery: "code" | "fail";
  /** Question 9: whether gateway_pay opens a cancelled order again. */
  closedNumberReusable: boolean;
  /** Row 26 and 4.1: nonces of 1 to 32 characters, each used once; time stamps of 14 digits. */
  strictNonce: boolean;
  /** Every parameter of 6.1 that is marked required, not only those an order cannot be made without. */
  strictPayFields: boolean;
  /** 4.6: whether SHA-1 signatures pass. */
  acceptSha1: boolean;
  /** Question 10. */
  noticeKey: "V1" | "V2";
  /** The waits of section 10 divided by this. */
  noticeSpeed: number;
  /** A payment later than this after the order was made brings no notice; 0: always one. */
  noticeFollowMs: number;
  /** Question 8: lifetime of an order without expire_time. */
  qrLifetimeMs: number;
  /** 6.5: card refunds want ksher_order_no. */
  cardNeedsKsherOrderNo: boolean;
  /** Question 6: channels, comma-joined. */
  noRefundChannels: string;
  noPartialChannels: string;
  /** Row 18. */
  noRefundQueryChannels: string;
  /** 6.7: channels that order_close does not know. */
  noCloseChannels: string;
  /** When refunds come out of the merchant's balance (9.3). */
  balanceMode: "later-days" | "always";
  /** No refund longer than this after the payment; 0: no limit. */
  refundDeadlineMs: number;
  /** Which repeats of a refund are noticed: by the order's own balance, by the refund number. */
  duplicateCheck: { order: boolean; number: boolean };
  /** Question 4: what a noticed repeat of a number answers. */
  duplicateAnswer: "fail" | "first-result";
  /** Question 4: whether a rejected number is used up. */
  rejectedNumberUsed: boolean;
  /** How long queries stay silent about a refund that was made. */
  refundVisibleAfterMs: number;
  /** How long refund_query shows a new refund as not finished. */
  slowRefundMs: number;
  /** Question 5: the text of a refund that is not finished. */
  slowRefundState: string;
  /** refund_query with a refund number: the whole list, or that one. */
  refundQueryFilters: boolean;
  /** refund_query without any refund. */
  emptyRefundQuery: "empty-list" | "fail";
  /** How long a pending refund or cancel stays pending. */
  pendingMs: number;
};

export const defaultSettings: Settings = {
  rateLimit: true,
  queryGapMs: 2_000,
  lockMs: 600_000,
  openShownAs: "NOTSURE",
  payingShownAs: "USERPAYING",
  expiredShownAs: "CLOSED",
  partialRefundShownAs: "REFUND",
  textLanguage: "zh",
  jsonEscapes: "raw",
  cancelAnswer: "text",
  cardCancelCode: "-6",
  unknownOrderQuery: "code",
  closedNumberReusable: true,
  strictNonce: false,
  strictPayFields: false,
  acceptSha1: false,
  noticeKey: "V1",
  noticeSpeed: 1,
  noticeFollowMs: 7_200_000,
  qrLifetimeMs: 1_800_000,
  cardNeedsKsherOrderNo: true,
  noRefundChannels: "",
  noPartialChannels: "",
  noRefundQueryChannels: "promptpay,bbl_promptpay,alipay",
  noCloseChannels: "promptpay,bbl_promptpay",
  balanceMode: "later-days",
  refundDeadlineMs: 0,
  duplicateCheck: { order: true, number: true },
  duplicateAnswer: "fail",
  rejectedNumberUsed: false,
  refundVisibleAfterMs: 0,
  slowRefundMs: 0,
  slowRefundState: "SIM_REFUNDING",
  refundQueryFilters: false,
  emptyRefundQuery: "empty-list",
  pendingMs: 5_000,
};

const words = {
  openShownAs: ["NOTSURE", "NOTPAY"],
  payingShownAs: ["USERPAYING", "PENDING"],
  expiredShownAs: ["CLOSED", "NOTPAY", "NOTSURE"],
  partialRefundShownAs: ["REFUND", "SUCCESS"],
  textLanguage: ["zh", "en", "th"],
  jsonEscapes: ["raw", "ascii"],
  cancelAnswer: ["text", "object"],
  cardCancelCode: ["-6", "-4"],
  unknownOrderQuery: ["code", "fail"],
  noticeKey: ["V1", "V2"],
  balanceMode: ["later-days", "always"],
  duplicateAnswer: ["fail", "first-result"],
  emptyRefundQuery: ["empty-list", "fail"],
};

export const settingRules: SettingRules<Settings> = { defaults: defaultSettings, words };
