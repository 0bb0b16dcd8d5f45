import "server-only";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import { limits } from "#lib/domain/limits.ts";

const minuteMs = 60 * 1_000;

/** ASSUMED: the protocol has a code for "refund message too long" (7154) and no number; the simulator refuses above this. */
export const reasonLengthMax = 100;

/** Cashier is String(8), StoreInfo String(16) (4.6); counted in UTF-16 units, which is never more than the gateway takes. */
export const cashierLengthMax = 8;
export const storeInfoLengthMax = 16;

/** What Scan2Pay can do for an account (money paper, "Decisions for this product"; protocol 4.6, 4.7 and 6.4). */
export function scan2payCapabilities(canRefundPart: boolean): Capabilities {
  return {
    currency: "TWD",
    orderNoLengthMax: 20,
    // What a cancelled order shows afterwards, and whether its QR code is dead, is not documented: watch it.
    cancel: { offeredForMs: 14 * minuteMs, windowMs: 15 * minuteMs, isProvisional: true },
    refund: {
      canPartial: canRefundPart,
      canQuery: false,
      noQueryWallets: [],
      reasonLengthMax,
      cashierLengthMax,
      // E-ticket cards (EasyCard and its kin) are paid back at the reader (4.8).
      elsewhereWalletPrefixes: ["3"],
    },
    canListOrders: true,
    quietTimeMs: limits.quietTimeMs,
    canResend: false,
  };
}
