/** A notice that waits for its first or next try. Its body was written when the payment came. */
export type PendingNotice = {
  readonly id: number;
  readonly mchId: string;
  readonly storeOrderNo: string;
  readonly url: string;
  readonly body: string;
  /** A forged one is not: it does not come from the gateway. */
  readonly isRepeated: boolean;
  /** How often it was tried without being delivered. */
  tried: number;
  /** Simulator clock, ms since 1970. */
  dueAt: number;
};

/** One try. */
export type NoticeLine = {
  readonly mchId: string;
  readonly storeOrderNo: string;
  readonly at: number;
  /** From 1. */
  readonly tryNo: number;
  readonly isDelivered: boolean;
};
