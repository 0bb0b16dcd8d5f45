import "server-only";

/** Order numbers as the gateway takes them: made elsewhere, so passed on unchanged (section 9, row 4). */
export function isOrderNo(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,20}$/.test(text);
}
