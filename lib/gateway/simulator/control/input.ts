import { Refusal } from "../state/refusal.ts";

/** The body of a control call; a wrong member is refused with a sentence that names it. */
export type Body = Readonly<Record<string, unknown>>;

export function text(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw new Refusal(400, `"${name}" must be text.`);
  return value;
}

export function whole(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value)) throw new Refusal(400, `"${name}" must be a whole number.`);
  return Number(value);
}

/** A whole number that may not be below `least`. */
export function atLeast(body: Body, name: string, least: number): number | undefined {
  const value = whole(body, name);
  if (value !== undefined && value < least) throw new Refusal(400, `"${name}" must be ${least} or more.`);
  return value;
}

export function oneOf<Word extends string>(
  body: Body,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = text(body, name);
  if (value === undefined) return undefined;
  const word = words.find((allowed) => allowed === value);
  if (!word) throw new Refusal(400, `"${name}" must be one of ${words.join(", ")}.`);
  return word;
}

export function flag(body: Body, name: string): boolean | undefined {
  const value = body[name];
  if (value !== undefined && typeof value !== "boolean")
    throw new Refusal(400, `"${name}" must be true or false.`);
  return value;
}

/** A misspelt member must not pass in silence. */
export function refuseOthers(body: Body, known: readonly string[]): void {
  const other = Object.keys(body).find((name) => !known.includes(name));
  if (other !== undefined)
    throw new Refusal(400, `"${other}" is not known here; known are ${known.join(", ")}.`);
}
