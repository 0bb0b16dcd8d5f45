import "server-only";
import { z } from "zod";
import { amountMinorMax } from "#lib/domain/money.ts";
import { storableText } from "../evidence-text.ts";
import { readJson } from "../strict-json.ts";
import { fromTaipeiText } from "./taipei-time.ts";

/** Text or a number the reader kept exact; missing, null and "" are all "not told". */
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    const shown = storableText(String(value ?? "")).trim();
    return shown === "" ? null : shown;
  });

/** An echoed number: compared as it came, so neither trimmed nor cleaned. */
const echoed = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === "" ? null : String(value)));

/** The same field where nothing can be said without it. */
function told<T>(field: z.ZodType<T | null>) {
  return field.transform((value, context) => {
    if (value !== null) return value;
    context.addIssue({ code: "custom", message: "is missing" });
    return z.NEVER;
  });
}

/** Whole TWD as text or number (section 9, rows 2 and 3); exact, never repaired. `pattern` says which texts are amounts. */
function feeReader(pattern: RegExp) {
  return text.transform((digits, context) => {
    if (digits === null) return null;
    const amountMinor = Number(digits) + 0;
    if (pattern.test(digits) && Math.abs(amountMinor) <= amountMinorMax) return amountMinor;
    context.addIssue({ code: "custom", message: "is not a whole amount" });
    return z.NEVER;
  });
}
const fee = feeReader(/^\d{1,15}$/);
const signedFee = feeReader(/^-?\d{1,15}$/);

/** 14 digits of Taiwan time; anything else counts as not told, for no decision hangs on it. */
const moment = text.transform((digits) => (digits === null ? null : fromTaipeiText(digits)));

/** Anything but TWD would make every amount beside it mean something else. */
const twd = text.refine((feeType) => feeType === null || feeType === "TWD");

const headerSchema = z.object({
  StatusCode: text,
  StatusDesc: text,
  Method: text,
  ServiceType: echoed,
  MchId: echoed,
});
export type WireHeader = z.infer<typeof headerSchema>;

const innerSchema = z.object({ Header: headerSchema, Data: z.unknown().optional() });

/**
 * Data as the gateway writes it: an object, or text that holds one; missing, null, "" and {} say nothing (3.2; section 9,
 * row 10). Text that holds no JSON stays text: a refusal may say anything there, and no success can be read from it.
 */
function unwrapData(data: unknown): unknown {
  if (data === undefined || data === null || data === "") return {};
  return typeof data === "string" ? (readJson(data) ?? data) : data;
}

/** The opened answer: header and the still unread Data. */
export type Inner = { readonly header: WireHeader; readonly data: unknown };

/** Reads an opened text. `not-opened`: it is not JSON, which is what a wrong key or IV looks like. */
export function readInner(opened: string): Inner | "not-opened" | "wrong-shape" {
  const json = readJson(opened);
  if (json === undefined) return "not-opened";
  const inner = innerSchema.safeParse(json);
  if (!inner.success) return "wrong-shape";
  return { header: inner.data.Header, data: unwrapData(inner.data.Data) };
}

/** The numbers an answer's Data may repeat; read from any Data, also of a refusal. */
export const echoSchema = z.object({ StoreOrderNo: echoed, StoreRefundNo: echoed });

/** Data of SingleOrderQuery (4.3): only the order number and the status are counted on. */
export const orderDataSchema = z.object({
  OrderStatus: told(text),
  SysOrderNo: text,
  TotalFee: fee,
  FeeType: twd,
  Body: text,
  PaidAt: moment,
  RefundedMsg: text,
});

/** Data of Refund (4.6). PlatformRsp stays unread: it may hold numbers that would be rounded. */
export const refundDataSchema = z.object({ SysRefundNo: text, RefundedAt: moment });

/** Rows under DataValue, under list, or Data itself (section 9, row 14). */
export const rowsSchema = z.union([
  z.array(z.unknown()),
  z
    .object({ DataValue: z.array(z.unknown()).nullish(), list: z.array(z.unknown()).nullish() })
    .transform((data) => data.DataValue ?? data.list ?? []),
]);

/** A row of OrderQuery (4.4). */
export const orderRowSchema = z.object({
  StoreOrderNo: told(echoed),
  SysOrderNo: text,
  TotalFee: told(fee),
  FeeType: twd,
  Description: text,
  RefundStatus: text,
  Method: text,
});

/** A row of OrderQuery1.1 (4.5): Amount is signed, Method is a display name. */
export const transactionRowSchema = z.object({
  StoreOrderNo: told(echoed),
  SysOrderNo: text,
  Amount: told(signedFee),
  Status: text,
  TranDate: text,
  TranDayTime: text,
  Method: text,
});
