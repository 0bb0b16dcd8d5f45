import "server-only";

/** Order and refund numbers as Ksher takes them (protocol section 11): made elsewhere, so passed on unchanged. */
export function isNumber32(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,32}$/.test(text);
}
