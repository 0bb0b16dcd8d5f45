import "server-only";
import { hash, verify } from "@node-rs/argon2";

/** argon2id at OWASP's floor: 19 MiB, two passes, one lane (security paper T4). Argon2id is the library's default kind. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password or PIN. */
export function hashSecret(text: string): Promise<string> {
  return hash(text, cost);
}

let decoy: Promise<string> | undefined;

/** Checks a password or PIN; without a stored hash it takes the same time and says no, so nobody learns who exists. */
export async function isRightSecret(stored: string | null, text: string): Promise<boolean> {
  decoy ??= hashSecret("nobody has this password");
  const isRight = await verify(stored ?? (await decoy), text).catch(() => false);
  return stored !== null && isRight;
}
