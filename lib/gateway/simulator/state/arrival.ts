/** One call as the gateway's own clock saw it. */
export type Arrival = {
  /** Empty, like mchId, for a request that could not be opened. */
  service: string;
  mchId: string;
  storeOrderNo: string | null;
  address: string;
  /** When its first byte was there, not its last. */
  arrivedAt: number;
  answeredAt: number | null;
  /** Instead of answeredAt: either side broke the call off. */
  abortedAt: number | null;
  /** Status queries only: since the previous one of the account ended; 0 while that one was still running. */
  gapMs: number | null;
  /** Every call: since the previous call of the account ended; 0 while that one was still running. */
  accountGapMs: number | null;
  code: string;
  fault: string | null;
  isViolation: boolean;
  /** Where a protocol signs a text: that text. */
  canonical?: string;
};

/** When an account's last call, and its last status query, was answered or broken off. */
export type Pace = { callEndedAt: number; queryEndedAt: number | null };
