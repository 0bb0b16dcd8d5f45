import { limits } from "./limits.ts";

/** Why a new password is refused; message keys under `errors`. */
export type PasswordFault = "passwordShort" | "tooLong" | "passwordIsName" | "passwordPlain";
/** Why a new PIN is refused; message keys under `errors`. */
export type PinFault = "pinDigits" | "pinPlain";

/**
 * Whether a password may be used (security paper, ASVS 6.2): long enough, not the name it belongs to, and not one character
 * or a run of neighbours over and over. No rule about kinds of characters.
 */
export function passwordFault(password: string, username: string): PasswordFault | null {
  const letters = [...password];
  if (letters.length < limits.passwordLengthMin) return "passwordShort";
  if (password.length > limits.passwordLengthMax) return "tooLong";
  const plain = password.toLowerCase();
  if (plain.includes(username.toLowerCase()) && username.length > 3) return "passwordIsName";
  return new Set(letters).size < limits.passwordKindsMin || isRun(plain) ? "passwordPlain" : null;
}

/** Six digits that are not one digit, not a run and not two digits in turn: those are guessed first. */
export function pinFault(pin: string): PinFault | null {
  if (!/^\d{6}$/.test(pin)) return "pinDigits";
  const isTurn = pin === pin.slice(0, 2).repeat(3) || pin === pin.slice(0, 3).repeat(2);
  return isTurn || isRun(pin) ? "pinPlain" : null;
}

/** Every character follows the one before, up or down, as in 345678. */
function isRun(text: string): boolean {
  const steps = new Set([...text].slice(1).map((_, at) => text.charCodeAt(at + 1) - text.charCodeAt(at)));
  const [step] = steps;
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1;
}
