/** What somebody types where the second factor is asked for: a code of the app, or one of the recovery codes. */
export type TypedCode =
  | { readonly kind: "app"; readonly digits: string }
  | { readonly kind: "recovery"; readonly code: string };

/** Letters and digits that nobody mistakes for another on paper: no I, L, O, U, 0 or 1. 30 of them, so ten have 49 bits. */
export const recoveryAlphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
const recoveryLength = 10;
const recoveryShape = new RegExp(`^[${recoveryAlphabet}]{${recoveryLength}}$`);

/** Reads a code as people type it: blanks, hyphens and small letters count for nothing. Null: neither of the two. */
export function readCode(text: string): TypedCode | null {
  const plain = text.replace(/[\s-]/g, "").toUpperCase();
  if (/^\d{6}$/.test(plain)) return { kind: "app", digits: plain };
  return recoveryShape.test(plain) ? { kind: "recovery", code: plain } : null;
}

/** A recovery code as it is written down: two groups of five. */
export function showRecoveryCode(code: string): string {
  return `${code.slice(0, recoveryLength / 2)}-${code.slice(recoveryLength / 2)}`;
}
