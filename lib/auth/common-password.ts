import "server-only";
import { limits } from "#lib/domain/limits.ts";
import { type PasswordFault, passwordFault } from "#lib/domain/secrets.ts";

let judge: Promise<(password: string, near: string[]) => number> | undefined;

/** The list and what it is judged with: 35 MB and 0.2 s, so only where somebody sets a new password. */
async function load(): Promise<(password: string, near: string[]) => number> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs: graphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const zxcvbn = new ZxcvbnFactory({ graphs, dictionary });
  return (password, near) => zxcvbn.check(password, near).guessesLog10;
}

/** What a form is told of such a password. */
export const commonPassword = { why: "badInput", fields: { password: "passwordCommon" } } as const;
export type CommonPassword = typeof commonPassword;

/** Why a new password of an account is refused; null: it may be used. */
export async function newPasswordFault(
  password: string,
  { username, name }: { readonly username: string; readonly name: string },
): Promise<PasswordFault | "passwordCommon" | null> {
  const fault = passwordFault(password, username);
  if (fault) return fault;
  return (await isCommonPassword(password, [username, name])) ? "passwordCommon" : null;
}

/**
 * Whether a new password is among those that leaked before, or so near to one (turned round, doubled, with a year behind it,
 * along a row of keys, or made of the account's own names) that few guesses find it (security paper T4, ASVS 6.2.4, 6.2.12).
 * Judged offline: no part of it leaves this process (docs/adr/0026).
 */
export async function isCommonPassword(password: string, near: readonly string[]): Promise<boolean> {
  judge ??= load();
  return (await judge)(password, [...near]) < limits.passwordGuessesLog10Min;
}
