import { limits } from "./limits.ts";
import { onClock } from "./zone-clock.ts";

/** Why a refund stands out beside the pair that moved it; message keys under `pairs.odd`. */
export type OddWhy = "cancelled" | "lateNight";

/**
 * Whether a refund was of a cancelled order, or was asked for or of a sale at an hour when a shop is closed, on the store's
 * clock (security paper T13). Neither proves anything.
 */
export function whyOdd(refund: {
  readonly cancelledAt: Date | null;
  readonly askedAt: Date;
  readonly paidAt: Date | null;
  readonly timeZone: string;
}): readonly OddWhy[] {
  const { cancelledAt, askedAt, paidAt, timeZone } = refund;
  const isLate = (at: Date) => {
    const hour = Math.floor(onClock(at, timeZone).minutes / 60);
    return hour >= limits.lateNightFromHour || hour < limits.lateNightUntilHour;
  };
  const isNight = isLate(askedAt) || (paidAt !== null && isLate(paidAt));
  return [...(cancelledAt ? (["cancelled"] as const) : []), ...(isNight ? (["lateNight"] as const) : [])];
}
