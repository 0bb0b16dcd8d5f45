/** How an account's gateway stands, in one word; message keys under `gatewayState`. */
export const gatewayHealths = ["ok", "slow", "down", "quiet", "unasked"] as const;
export type GatewayHealth = (typeof gatewayHealths)[number];

/** Trouble in a row from which the gateway counts as silent (money.md 3.5). */
const silentFrom = 3;

/**
 * What staff are told about a gateway, from what its lane remembers: `quiet` while it is left alone, `down` after three
 * troubles in a row, `slow` after the first, `unasked` before its first answer.
 */
export function gatewayHealth(
  lane: { readonly troubleCount: number; readonly breakerUntil: Date; readonly lastAnswerAt: Date | null },
  now: Date,
): GatewayHealth {
  if (lane.breakerUntil > now) return "quiet";
  if (lane.troubleCount >= silentFrom) return "down";
  if (lane.troubleCount > 0) return "slow";
  return lane.lastAnswerAt === null ? "unasked" : "ok";
}
