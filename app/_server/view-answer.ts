import "server-only";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { cleanField, listQuery } from "#lib/domain/order-query.ts";
import { paths } from "#lib/domain/paths.ts";
import { type ViewWord, viewWords } from "#lib/domain/saved-view.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What a plain form brings; nothing where it is none. */
export function viewFields(form: unknown): Fields {
  return form instanceof FormData ? Object.fromEntries(form) : {};
}

/**
 * The list where the form stood, with the word for what became of it; a name that was refused comes back with it. Whoever is
 * signed in no more signs in first.
 */
export function viewAfter(fields: Fields, done: ViewWord, { ok, refusal }: ActionAnswer): string {
  const why = Object.values(refusal?.fields ?? {})[0] ?? refusal?.why;
  const said = ok ? done : (viewWords.find((word) => word === why) ?? "failed");
  const named = !ok && done === "saved" && typeof fields.name === "string" ? cleanField(fields.name) : "";
  const list = paths.afterView(listQuery(fields.list), said, named);
  return refusal?.why === "signedOut" ? paths.signInTo(list) : list;
}
