/** The outcome of something that may be refused in an expected way. Plain objects: they cross the server action border as they are. */
export type Result<T, Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function refuse<Refusal>(refusal: Refusal): Result<never, Refusal> {
  return { ok: false, refusal };
}

/** Ends a `switch` over a closed set: the compiler complains when a member is forgotten, and so does the running program. */
export function assertNever(value: never): never {
  throw new Error(`unexpected member of a closed set: ${JSON.stringify(value)}`);
}
