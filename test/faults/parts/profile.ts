/** A gateway as the crash suites need it. */
export type Profile = {
  readonly name: string;
  readonly isKsher: boolean;
  /** What its orders are paid with; empty: whatever its simulator takes. */
  readonly paidBy: { readonly channel?: string };
  /** What its simulator leaves out or gets wrong, besides never locking anybody out. */
  readonly settings: object;
  /** The calls that move money, by the names its simulator lays faults for. */
  readonly services: Readonly<Record<MoneyCall, string>>;
  /** What a good answer to each is to us: an unsigned one is no proof, whatever it says. */
  readonly answeredAs: Readonly<Record<MoneyCall, "done" | "unknown">>;
  /** How it refuses each. */
  readonly refusals: Readonly<Record<MoneyCall, object>>;
};
export type MoneyCall = "refund" | "cancel";

export const scan2pay: Profile = {
  ...{ name: "Scan2Pay", isKsher: false, paidBy: {}, settings: {} },
  services: { refund: "Refund", cancel: "CancelOrder" },
  answeredAs: { refund: "done", cancel: "done" },
  refusals: { refund: { kind: "code", code: "7110" }, cancel: { kind: "code", code: "7110" } },
};

/** It never notices that it was told twice: what is sent twice goes back twice. */
export const ksher: Profile = {
  ...{ name: "Ksher, no duplicate check", paidBy: { channel: "truemoney" } },
  isKsher: true,
  settings: { duplicateCheck: { order: false, number: false } },
  services: { refund: "order_refund", cancel: "cancel_order" },
  answeredAs: { refund: "done", cancel: "unknown" },
  refusals: { refund: { kind: "refund-fail" }, cancel: { kind: "code", code: "-6" } },
};

/** The same, where nobody can ask about one refund: the order's own state is all there is. */
export const ksherWithoutRefundQuery: Profile = {
  ...ksher,
  ...{ name: "Ksher, no duplicate check and no refund query", paidBy: { channel: "promptpay" } },
};
