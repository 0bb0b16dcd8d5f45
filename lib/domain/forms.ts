import { z } from "zod";
import { gatewayOrderStates } from "./gateway-facts.ts";
import { limits } from "./limits.ts";
import { refundReasons } from "./refund.ts";

const gatewayStates = z.enum(gatewayOrderStates);

/** What people send with a form; messages are keys under `errors`. The amount stays text until its currency is known. */
export const orderAt = z.object({ account: z.string().min(1).max(32), orderNo: z.string().min(1).max(32) });
export const cancelForm = orderAt.extend({ clientRequestId: z.uuid() });
export const refundForm = orderAt.extend({
  clientRequestId: z.uuid(),
  amount: z.string("empty").max(32, "tooLarge"),
  reason: z.enum(refundReasons, "required"),
  note: z.string().max(limits.noteLengthMax, "tooLong"),
});
export const withdrawForm = z.object({ requestNo: z.string().max(16) });
export const rejectForm = z.object({
  requestNo: z.string().max(16),
  reason: z.string().trim().min(1, "required").max(limits.reasonTextLengthMax, "tooLong"),
});
export const approveForm = z.object({
  requestNo: z.string().max(16),
  pin: z.string().regex(/^\d{6}$/, "pinDigits"),
  seen: z.object({ gatewayState: gatewayStates, paidMinor: z.int(), remainingMinor: z.int() }),
});
