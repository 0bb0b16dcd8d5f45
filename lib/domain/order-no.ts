import { ok, type Result, refuse } from "./result.ts";

/** The longest order number any of our gateways makes (Ksher 6.2: up to 32; Scan2Pay 4.1: 20, checked per account). */
export const orderNoLengthMax = 32;

/** Why a scanned or typed order number cannot be looked up; message keys under `orderNo`. */
export type OrderNoRefusal = "empty" | "tooLong" | "badCharacters";

/** Control and format characters: line ends of scanners, zero-width marks, byte order marks. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/**
 * What a scanner or a person meant: line ends, spaces, zero-width and control characters removed,
 * full-width letters, digits and hyphens (from an input method) made plain. Case is kept: order numbers may differ by it.
 */
export function cleanScan(raw: string): string {
  return raw
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(/\s+/g, "")
    .replace(/[‐‑‒–—−]/g, "-");
}

/**
 * Reads an order number after cleaning. Only letters, digits, hyphen and underscore reach a gateway
 * (Scan2Pay section 9 row 4, Ksher section 11); `lengthMax` is the account's own limit.
 */
export function parseOrderNo(
  raw: string,
  lengthMax: number = orderNoLengthMax,
): Result<string, OrderNoRefusal> {
  const text = cleanScan(raw);
  if (text === "") return refuse("empty");
  if (text.length > lengthMax) return refuse("tooLong");
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return refuse("badCharacters");
  return ok(text);
}
