import type { z } from "zod";
import { isStorableInput } from "./storable-text.ts";

/** What is wrong with an input, by its fields; no fields where it is nothing that a person can have typed. */
export type WrongInput = Readonly<Record<string, string>>;

/** Reads what came from outside at a door, once: the value, or what is wrong with it. Throws nothing. */
export function readInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
): { readonly ok: true; readonly value: z.output<S> } | { readonly ok: false; readonly fields: WrongInput } {
  if (!isStorableInput(input)) return { ok: false, fields: {} };
  const read = schema.safeParse(input);
  if (read.success) return { ok: true, value: read.data };
  const fields: Record<string, string> = {};
  // The first thing that is wrong with a field is the one to say: an empty one has to be filled in.
  for (const { path, message } of read.error.issues) fields[path.join(".")] ??= message;
  return { ok: false, fields };
}
