import "server-only";
import { z } from "zod";
import { amountMinorMax } from "#lib/domain/money.ts";
import { readJson } from "../strict-json.ts";
import { fromBangkokText } from "./bangkok-time.ts";

/** Text or a number the reader kept exact; missing and empty are both "not told" (section 12, rows 14 and 15). */
const text = z
  .union([z.string(), z.number()])
  .optional()
  .transform((value) => (value === undefined || value === "" ? null : String(value)));

/** The same field where nothing can be said without it. */
function told<T>(field: z.ZodType<T | null>) {
  return field.transform((value, context) => {
    if (value !== null) return value;
    context.addIssue({ code: "custom", message: "is missing" });
    return z.NEVER;
  });
}

/** Text that must look as documented: members are signed without borders, so text may have come from a neighbour (4.6). */
const shaped = (pattern: RegExp) => text.refine((value) => value === null || pattern.test(value));

/** Satang: plain digits, exact, never repaired. */
const satang = shaped(/^(0|[1-9]\d{0,14})$/)
  .transform((digits) => (digits === null ? null : Number(digits)))
  .refine((amountMinor) => amountMinor === null || amountMinor <= amountMinorMax);

const orderNo = shaped(/^[A-Za-z0-9_-]{1,32}$/);
const result = told(shaped(/^[A-Z_]{1,32}$/));
/** Another currency would make every amount beside it mean something else. */
const baht = shaped(/^THB$/);
/** Thai time; no decision hangs on it, so an odd one counts as not told. */
const moment = text.transform((value) => (value === null ? null : fromBangkokText(value)));

const envelopeSchema = z.looseObject({
  code: z.unknown().optional(),
  msg: z.unknown().optional(),
  message: z.unknown().optional(),
  data: z.unknown().optional(),
  sign: z.unknown().optional(),
});

/** An answer's outer level: `code` 0 means only that the call was taken (section 5). */
export type Envelope = {
  readonly code: number;
  readonly message: string | null;
  readonly data: unknown;
  readonly sign: unknown;
};

/** Reads the outer level. A code that is no whole number leaves the outcome unknown. */
export function readEnvelope(body: string): Envelope | "not-json" | "wrong-shape" | "missing-code" {
  const json = readJson(body);
  if (json === undefined) return "not-json";
  const read = envelopeSchema.safeParse(json);
  if (!read.success) return "wrong-shape";
  const { code, msg, message, data, sign } = read.data;
  if (typeof code !== "number") return "missing-code";
  const words = [message, msg].find((one): one is string => typeof one === "string" && one !== "");
  return { code, message: words ?? null, data, sign };
}

/** An object, as signatures are made over. */
export const dataSchema = z.record(z.string(), z.unknown());

/** What every signed answer may tell: whose it is, what happened, and why not. */
export const headSchema = z.object({ appid: text, result, err_code: text, err_msg: text });

/** A member that is always there, if empty (`unknown` wants its key): one that is missing has moved into its neighbour's text. */
function present<T>(field: z.ZodType<T | null>) {
  return z.unknown().pipe(field);
}

/** 6.2: the order. */
export const orderSchema = z.object({
  pay_mch_order_no: present(orderNo),
  ksher_order_no: present(shaped(/^\d{1,32}$/)),
  channel: present(shaped(/^[a-z0-9_]{1,32}$/)),
  total_fee: told(satang),
  fee_type: told(baht),
  cash_fee: present(text),
  time_end: present(moment),
});

/** 6.5: the refund. */
export const refundSchema = z.object({
  ksher_refund_no: text,
  fee_type: told(baht),
  refund_time: moment,
});

const refundRow = z.object({
  mch_refund_no: text,
  ksher_refund_no: text,
  mch_refund_fee: told(satang),
  refund_state: told(text),
  refund_time: moment,
});
export type RefundRow = z.infer<typeof refundRow>;

/**
 * 6.6: the refunds. Money is in the rows only: the top-level refund_fee repeats the count. A list that is missing altogether
 * is no proof of "none", unless the count says so.
 */
export const refundsSchema = z
  .object({ fee_type: told(baht), refund_count: text, refund_orders: z.array(refundRow).optional() })
  .transform(({ refund_orders, refund_count }, context) => {
    if (refund_orders !== undefined || refund_count === "0") return refund_orders ?? [];
    context.addIssue({ code: "custom", message: "holds no list" });
    return z.NEVER;
  });

/** 10: the notice. */
export const noticeSchema = z.object({
  appid: told(text),
  mch_order_no: told(orderNo),
  result,
  total_fee: satang,
  fee_type: baht,
});
