/** What can be practised in a drill, by the letter that its order numbers carry; message keys under `drill.case`. */
export const practiceLetters = {
  paid: "P",
  unpaid: "U",
  cancelThenPaid: "C",
  lostAnswer: "L",
  refusedRefund: "R",
  gatewayAway: "G",
  refundedElsewhere: "E",
} as const;
export type PracticeCase = keyof typeof practiceLetters;
export const practiceCases = Object.keys(practiceLetters) as readonly PracticeCase[];

/** So many digits tell one practice order from the next. */
export const practiceSerialLength = 6;

/** The number of a practice order: every gateway takes it, and it says itself that it is none of the shop's. */
export function practiceNo(practice: PracticeCase, serial: string): string {
  return `TRY${practiceLetters[practice]}${serial}`;
}

/** What an order was made for; null: it is no practice order. */
export function practiceOf(orderNo: string): PracticeCase | null {
  if (!/^TRY[A-Z]\d{6}$/.test(orderNo)) return null;
  return practiceCases.find((one) => practiceLetters[one] === orderNo[3]) ?? null;
}

/** One call of a simulator's control side: its path below `/_control/` and what is sent. */
export type PracticeStep = { readonly path: string; readonly body: Readonly<Record<string, unknown>> };

export type PracticeOrder = {
  readonly orderNo: string;
  readonly merchant: string;
  /** What the gateway calls the request that gives money back. */
  readonly refundService: string;
};

/** Three questions without an answer and the desk leaves a gateway alone for a minute (money.md 3.5). */
const awayTimes = 3;
/** Large enough to look like a sale in either currency, and another one for each case: in minor units. */
const amountOf = (practice: PracticeCase, perUnit: number) =>
  (180 + 60 * practiceCases.indexOf(practice)) * perUnit;

/**
 * How an order with this situation is made at a simulator, in this order: what shall go wrong is laid before the order is there to
 * be asked about. `perUnit`: minor units of one dollar or baht.
 */
export function practiceSteps(
  practice: PracticeCase,
  { orderNo, merchant, refundService }: PracticeOrder,
  perUnit: number,
): readonly PracticeStep[] {
  const order = (state: "open" | "paid"): PracticeStep => ({
    path: "orders",
    body: {
      ...{ storeOrderNo: orderNo, mchId: merchant, totalFee: amountOf(practice, perUnit), state },
      body: "Practice 練習 ฝึก",
    },
  });
  const fault = (body: object): PracticeStep => ({
    path: "faults",
    body: { storeOrderNo: orderNo, mchId: merchant, ...body },
  });
  const portal = { path: `orders/${orderNo}/refund?mchId=${encodeURIComponent(merchant)}`, body: {} };
  const steps: Record<PracticeCase, readonly PracticeStep[]> = {
    paid: [order("paid")],
    unpaid: [order("open")],
    cancelThenPaid: [order("open")],
    lostAnswer: [fault({ kind: "lost-after-effect", service: refundService }), order("paid")],
    refusedRefund: [fault({ kind: "refund-fail" }), order("paid")],
    gatewayAway: [fault({ kind: "http-status", status: 503, times: awayTimes }), order("paid")],
    refundedElsewhere: [order("paid"), portal],
  };
  return steps[practice];
}
