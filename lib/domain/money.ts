import { type Currency, currencyDecimals } from "./currency.ts";
import { ok, type Result, refuse } from "./result.ts";

/** An amount of money: whole minor units (`amountMinor`, a safe integer) and its currency. */
export type Money = { readonly amountMinor: number; readonly currency: Currency };

/** Why a typed amount was not understood; each is a message key under `amount`. */
export type AmountRefusal =
  | "empty"
  | "notANumber"
  | "noDecimals"
  | "tooManyDecimals"
  | "notPositive"
  | "tooLarge";

/** The largest amount we read, in minor units: 12 digits, far above any till and far below 2^53. */
export const amountMinorMax = 999_999_999_999;

/** Digits of every script a keyboard here produces, and the marks people put between them. */
const FULL_WIDTH_OFFSET = "０".charCodeAt(0) - "0".charCodeAt(0);

function toAscii(text: string): string {
  return text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(/\u3000/g, " ");
}

/**
 * Reads what a person typed into minor units. `1,000` and `１，０００` are 1000; grouping commas must stand where
 * thousands are. Refuses and never repairs: `1e3`, `-5`, `0`, `NaN`, and any decimal for TWD.
 */
export function parseAmount(typed: string, currency: Currency): Result<number, AmountRefusal> {
  const text = toAscii(typed).trim();
  if (text === "") return refuse("empty");
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return refuse(/^[-−]\s*\d/.test(text) ? "notPositive" : "notANumber");
  const whole = (match[1] ?? "").replaceAll(",", "");
  const fraction = match[2] ?? "";
  const decimals = currencyDecimals[currency];
  if (fraction !== "" && decimals === 0) return refuse("noDecimals");
  if (fraction.length > decimals) return refuse("tooManyDecimals");
  const digits = (whole + fraction.padEnd(decimals, "0")).replace(/^0+(?=\d)/, "");
  if (digits.length > String(amountMinorMax).length) return refuse("tooLarge");
  const amountMinor = Number(digits);
  if (amountMinor === 0) return refuse("notPositive");
  return ok(amountMinor);
}

/** A whole number as people type it, full-width digits too; null: it is none. At most six digits. */
export function parseCount(typed: string): number | null {
  const text = toAscii(typed).trim();
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}

/** Minor units as the plain decimal text people type: 33333 THB minor is `333.33`, 1200 TWD is `1200`. */
export function toDecimalText({ amountMinor, currency }: Money): string {
  const decimals = currencyDecimals[currency];
  const sign = amountMinor < 0 ? "-" : "";
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, "0");
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const symbols: Record<Currency, string> = { TWD: "NT$", THB: "฿" };

/** Money as staff read it, the same in all three languages so that two screens can be compared: `NT$1,200`, `฿333.33`. */
export function formatMoney(money: Money): string {
  const [whole = "", fraction] = toDecimalText({ ...money, amountMinor: Math.abs(money.amountMinor) }).split(
    ".",
  );
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = money.amountMinor < 0 ? "−" : "";
  return `${sign}${symbols[money.currency]}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}
