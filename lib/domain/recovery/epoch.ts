/** Where an installation works; each has letters of its own, so that two never give the same number to one gateway. */
export const environments = ["production", "staging", "sandbox"] as const;
export type Environment = (typeof environments)[number];

const letters: Record<Environment, string> = {
  production: "ABCDEFGHIJKLMNOP",
  staging: "QRSTU",
  sandbox: "VWXYZ",
};

/** The letter an environment's numbers begin with. */
export function firstEpoch(environment: Environment): string {
  return letters[environment].charAt(0);
}

/**
 * The letter after a restore: one that was never used here, nor by the copy that knows more. Throws when all are used up:
 * then no number may be given, and somebody has to widen the numbers.
 */
export function nextEpoch(environment: Environment, used: readonly string[]): string {
  const free = [...letters[environment]].find((letter) => used.every((one) => letter > one));
  const wrapped = free ?? [...letters[environment]].find((letter) => !used.includes(letter));
  if (!wrapped) throw new Error(`every epoch letter of ${environment} was used`);
  return wrapped;
}
