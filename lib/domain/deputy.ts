import { limits } from "./limits.ts";

const dayMs = 24 * 3_600_000;

/** What is wrong with the dates of a deputyship; `field` names the box, `why` is a message key under `errors`. */
export type DeputyDatesFault = {
  readonly field: "fromOn" | "untilOn";
  readonly why: "datePast" | "endsBefore" | "tooLongAway";
};

/**
 * Whether somebody may be deputy from one day until another, both included, as `YYYY-MM-DD` on the store's calendar: from
 * today on at the earliest, and for no longer than `deputyDaysMax`, so that nobody is forgotten as one. Null: yes.
 */
export function deputyDatesFault(dates: {
  readonly fromOn: string;
  readonly untilOn: string;
  readonly todayOn: string;
}): DeputyDatesFault | null {
  const { fromOn, untilOn, todayOn } = dates;
  if (fromOn < todayOn) return { field: "fromOn", why: "datePast" };
  if (untilOn < fromOn) return { field: "untilOn", why: "endsBefore" };
  const days = (Date.parse(untilOn) - Date.parse(fromOn)) / dayMs + 1;
  return days > limits.deputyDaysMax ? { field: "untilOn", why: "tooLongAway" } : null;
}

/** Who decides: a person, and the one they stand in for; null: for nobody. Both are person ids. */
export type Hat = { readonly person: string; readonly forPerson: string | null };

/**
 * Why somebody decides nothing about a request, whatever their role (scenarios 35 and 41): they asked for it, or the person
 * they stand in for did. Nobody chooses who decides about their own requests by naming a deputy. Null: they may.
 */
export function whyNotTheirs(
  { person, forPerson }: Hat,
  requestedPerson: string,
): "ownRequest" | "deputyOfAsker" | null {
  if (person === requestedPerson) return "ownRequest";
  return forPerson === requestedPerson ? "deputyOfAsker" : null;
}

/** Whether two approvals are of two different people: neither stands in for the other, nor both for the same one. */
export function areTwo(first: Hat, second: Hat): boolean {
  const names = ({ person, forPerson }: Hat) => (forPerson === null ? [person] : [person, forPerson]);
  return !names(first).some((one) => names(second).includes(one));
}
