/** One call as the gateway's own clock saw it. `gapMs`: since the previous answer to a status query of the account. */
export type Arrival = {
  service: string;
  mchId: string;
  storeOrderNo: string | null;
  arrivedAt: number;
  answeredAt: number | null;
  gapMs: number | null;
  code: string;
  isViolation: boolean;
};
