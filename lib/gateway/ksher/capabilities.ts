import "server-only";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import { limits } from "#lib/domain/limits.ts";

/**
 * What Ksher can do for an account. A cancel has no window while the order is unpaid, and is provisional: a saved QR can still
 * be paid (protocol 9.2). Refunds may be parts, several an order (6.6), where the merchant is allowed them. No call takes a
 * reason or a cashier's name. Nothing lists orders.
 */
export function ksherCapabilities(canRefundPart: boolean): Capabilities {
  return {
    currency: "THB",
    orderNoLengthMax: 32,
    cancel: { offeredForMs: null, windowMs: null, isProvisional: true },
    refund: {
      canPartial: canRefundPart,
      canQuery: true,
      noQueryWallets: ["promptpay", "bbl_promptpay", "alipay"],
      reasonLengthMax: 0,
      cashierLengthMax: 0,
      elsewhereWalletPrefixes: [],
    },
    canListOrders: false,
    quietTimeMs: limits.quietTimeMs,
    canResend: false,
  };
}
