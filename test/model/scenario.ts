import fc from "fast-check";
import { sides } from "./parts/dice.ts";

/**
 * What a gateway checks for itself (money.md 2.14). A: one refund an order, its number, and it can be asked. B: the number, and it
 * can be asked. C: nothing, and it can be asked. D: nothing, and its query does not show refunds.
 */
export const profiles = ["A", "B", "C", "D"] as const;
export type Profile = (typeof profiles)[number];

/** Where a repeated number is proven to be refused, so that a resend may be switched on (money.md 2.7). */
export const resendProfiles = ["A", "B"] as const satisfies readonly Profile[];

/** Somebody wants money back: when the form opens, how long it stays open, when a manager decides, and how long that takes. */
export type Wish = {
  readonly atMs: number;
  readonly formMs: number;
  readonly managerMs: number;
  readonly dialogMs: number;
  readonly amountMinor: number;
};

/** Everything of one run that is not chance. Times in ms from the start, amounts in minor units. */
export type Scenario = {
  readonly profile: Profile;
  readonly canResend: boolean;
  readonly paidMinor: number;
  /** The customer pays then; 0: the order is paid when the run begins; null: never. */
  readonly paysAtMs: number | null;
  readonly cancelAtMs: number | null;
  readonly wishes: readonly Wish[];
  /** How the refunds of an order are told apart. */
  readonly readsBy: "order" | "number" | "sum";
  /** Profile D: after a refund the query answers "unsure" for ever, instead of "paid". */
  readonly isUnsure: boolean;
  /** The gateway refuses refunds for good: not enough balance. */
  readonly declines: boolean;
  /** The query shows what was true so long ago. */
  readonly staleMs: number;
  /** The query gives no answer until then. */
  readonly queryDownUntilMs: number;
  readonly portal: { readonly atMs: number; readonly amountMinor: number } | null;
  /** The application's clocks and the database's jump then, by so much. */
  readonly jump: { readonly atMs: number; readonly appMs: number; readonly databaseMs: number };
  /** How long two people need to look into the gateway's portal. */
  readonly personMs: number;
  /** Staff who read "failed, may be asked again" do so after this long. */
  readonly askAgainMs: number;
};

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** Faults end then (money.md 2.14). */
export const faultsEndMs = 2 * hour;
const outageMs = 30 * hour;
/** Longer tapes are never read to their end in the two hours of faults. */
const tapeLength = 320;

const rarely = <T>(one: T, other: fc.Arbitrary<T>, weight: number) =>
  fc.oneof({ weight: 100 - weight, arbitrary: fc.constant(one) }, { weight, arbitrary: other });
const ms = (max: number, min = 0) => fc.integer({ min, max });

function wish(
  amountMinor: fc.Arbitrary<number>,
  atMs: fc.Arbitrary<number>,
  slowestMs = 5 * minute,
): fc.Arbitrary<Wish> {
  return fc.record({
    atMs,
    formMs: ms(Math.min(minute, slowestMs), 5 * second),
    managerMs: ms(slowestMs, 5 * second),
    dialogMs: ms(Math.min(minute, slowestMs), 3 * second),
    amountMinor,
  });
}

type Shape = Pick<Scenario, "paysAtMs" | "cancelAtMs" | "wishes" | "readsBy">;

/** One refund of the whole amount. */
const whole: fc.Arbitrary<Shape> = wish(fc.constant(1000), ms(5 * minute)).map((one) => ({
  paysAtMs: 0,
  cancelAtMs: null,
  wishes: [one],
  readsBy: "order",
}));

/** Two members of staff want something back of the same order at nearly the same time; parts together may exceed what was paid. */
const rivals: fc.Arbitrary<Shape> = fc
  .record({
    wishes: fc.tuple(
      wish(fc.constantFrom(300, 600, 1000), ms(30 * second), minute),
      wish(fc.constantFrom(300, 400, 700, 1000), ms(minute), minute),
    ),
    readsBy: fc.constantFrom<Shape["readsBy"]>("number", "sum"),
  })
  .map(({ wishes, readsBy }) => {
    const isWhole = wishes.every((one) => one.amountMinor === 1000);
    return { paysAtMs: 0, cancelAtMs: null, wishes, readsBy: isWhole ? "order" : readsBy };
  });

/** A cashier cancels while the customer may be paying, before, during or after; a refund is wanted when it was paid. */
const cancelling: fc.Arbitrary<Shape> = fc
  .record({
    cancelAtMs: ms(14 * minute),
    payAfterMs: fc.oneof(
      { weight: 6, arbitrary: ms(minute, -10 * second) },
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: ms(48 * hour) },
    ),
    wishes: fc.tuple(wish(fc.constant(1000), ms(minute), 15 * second)),
  })
  .map(({ cancelAtMs, payAfterMs, wishes: [one] }) => {
    const paysAtMs = payAfterMs === null ? null : Math.max(1, cancelAtMs + payAfterMs);
    const isSoon = payAfterMs !== null && payAfterMs < 10 * minute;
    const wishes = paysAtMs !== null && isSoon ? [{ ...one, atMs: paysAtMs + one.atMs }] : [];
    return { paysAtMs, cancelAtMs, wishes, readsBy: "order" };
  });

/** Scenarios of one gateway profile, with nothing pushed towards edges: likelihoods stay what they say. */
export function scenarios(profile: Profile, canResend: boolean): fc.Arbitrary<Scenario> {
  const shape = fc.oneof(
    { weight: 55, arbitrary: whole },
    { weight: 25, arbitrary: rivals },
    { weight: 20, arbitrary: cancelling },
  );
  const rest = fc.record({
    isUnsure: profile === "D" ? rarely(false, fc.constant(true), 20) : fc.constant(false),
    declines: rarely(false, fc.constant(true), 5),
    staleMs: rarely(0, ms(minute, 1), 30),
    queryDownUntilMs: rarely(0, fc.oneof(ms(hour), fc.constant(outageMs)), 10),
    // Only a gateway that checks the order itself keeps a refund in its portal and ours apart (money.md A4).
    portal:
      profile === "A"
        ? rarely(null, fc.record({ atMs: ms(hour), amountMinor: fc.constant(1000) }), 8)
        : fc.constant(null),
    jump: fc.record({
      atMs: ms(hour),
      appMs: rarely(0, fc.constantFrom(-hour, hour), 10),
      databaseMs: rarely(0, ms(5 * minute, -5 * minute), 10),
    }),
    personMs: ms(10 * minute, minute),
    askAgainMs: ms(5 * minute, 10 * second),
  });
  return fc.noBias(
    fc.tuple(shape, rest).map(([a, b]) => ({ profile, canResend, paidMinor: 1000, ...a, ...b })),
  );
}

/** What chance decides, in the order of its decisions. */
export const tapes: fc.Arbitrary<number[]> = fc.noBias(
  fc.array(fc.nat(sides - 1), { minLength: tapeLength, maxLength: tapeLength }),
);
