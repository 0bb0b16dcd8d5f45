import { z } from "zod";
import { limits } from "./limits.ts";
import { type FilterChoices, readOrderFilter } from "./order-filter.ts";
import {
  cleanField,
  type OrderFilterField,
  orderFilterFields,
  orderQuery,
  type TypedFilter,
} from "./order-query.ts";
import { ok, type Result, refuse } from "./result.ts";

/** What somebody is told of a saved view; message keys under `views.said`. */
export const viewWords = [
  "saved",
  "renamed",
  "dropped",
  "required",
  "tooLong",
  "nothingNarrowed",
  "unreadable",
  "nameTaken",
  "tooMany",
  "gone",
  "failed",
] as const;
export type ViewWord = (typeof viewWords)[number];

/** The days of the store that a view follows. */
export type ListDays = { readonly today: string; readonly yesterday: string };

/**
 * A view as its owner sees it. `kept` may say "today" for a day, `list` is the address that it comes to now, `unfit` are the
 * fields that the list cannot read any more.
 */
export type SavedView = {
  readonly id: string;
  readonly name: string;
  readonly kept: TypedFilter;
  readonly list: string;
  readonly unfit: readonly OrderFilterField[];
};

const following = ["today", "yesterday"] as const;

/** What is kept of a filter: today and yesterday as words, so that the view goes along with the calendar. */
function keptQuery(typed: TypedFilter, days: ListDays): string {
  const word = (day: string) => (day === "" ? "" : (following.find((name) => days[name] === day) ?? day));
  return orderQuery({ ...typed, day: word(typed.day), dayTo: word(typed.dayTo) });
}

/** What a kept filter comes to now. It is read as the list's own address is: whatever is stored, nothing is believed. */
export function openView(kept: string, choices: FilterChoices & ListDays): Omit<SavedView, "id" | "name"> {
  const params = Object.fromEntries(new URLSearchParams(kept));
  const dayOf = (text: string | undefined) => following.find((word) => word === text) ?? null;
  const words = { day: dayOf(params.day), dayTo: dayOf(params.dayTo) };
  const days = {
    ...(words.day ? { day: choices[words.day] } : {}),
    ...(words.dayTo ? { dayTo: choices[words.dayTo] } : {}),
  };
  const { typed, faults } = readOrderFilter({ ...params, ...days }, choices);
  return {
    kept: { ...typed, day: words.day ?? typed.day, dayTo: words.dayTo ?? typed.dayTo },
    list: orderQuery(typed),
    unfit: orderFilterFields.filter((field) => faults[field]),
  };
}

/**
 * What a list's address comes to as a view. Refused: an address that narrows nothing (`nothingNarrowed`), one with a field
 * that the list cannot read (`unreadable`), and one that is too long to keep (`tooLong`).
 */
export function keptView(
  address: string,
  choices: FilterChoices & ListDays,
): Result<string, { readonly why: "nothingNarrowed" | "unreadable" | "tooLong" }> {
  const { typed, faults } = readOrderFilter(Object.fromEntries(new URLSearchParams(address)), choices);
  const kept = keptQuery(typed, choices);
  if (kept === "") return refuse({ why: "nothingNarrowed" });
  if (Object.keys(faults).length > 0) return refuse({ why: "unreadable" });
  return kept.length > limits.viewQueryLengthMax ? refuse({ why: "tooLong" }) : ok(kept);
}

const name = z
  .string("required")
  .transform((text) =>
    text
      .normalize("NFC")
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
      .trim(),
  )
  .pipe(z.string().min(1, "required").max(limits.viewNameLengthMax, "tooLong"));
export const saveViewForm = z.object({
  name,
  list: z.string().max(limits.viewQueryLengthMax * 4, "tooLong"),
});
export const renameViewForm = z.object({ id: z.uuid("gone"), name });
export const dropViewForm = z.object({ id: z.uuid("gone") });

const said = z.object({
  view: z.enum(viewWords).nullable().catch(null),
  named: z.string().transform(cleanField).catch(""),
});

/** What the list's address says of a saved view; anything else in its place says nothing. */
export function readViewSaid(params: unknown): { said: ViewWord | null; named: string } {
  const { view, named } = said.parse(params);
  return { said: view, named };
}
