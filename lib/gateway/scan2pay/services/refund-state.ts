import "server-only";

/** What RefundedMsg (4.3) and RefundStatus (4.4) say of a refund that was asked for. Any other text: accepted, not known to be done. */
export function refundState(text: string | null): "refunded" | "refund-failed" | "refund-accepted" {
  switch (text?.toLowerCase()) {
    case "refund success":
      return "refunded";
    case "refund fail":
      return "refund-failed";
    default:
      return "refund-accepted";
  }
}
