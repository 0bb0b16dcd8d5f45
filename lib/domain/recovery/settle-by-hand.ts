import type { MoneyOpState } from "../money-op.ts";
import { isQuiet } from "../settle.ts";

/** Why an outcome cannot be written down or decided on; message keys under `errors`. */
export type HandRefusal = "notNeedsPerson" | "tooEarly" | "samePerson" | "noProposal" | "proposedAlready";

type Op = { readonly state: MoneyOpState; readonly lastSentAt: Date };
type At = { readonly now: Date; readonly quietTimeMs: number };

/** May a person write down what became of this operation? Only when automatic means are used up, and after the quiet time (money.md 2.6). */
export function mayPropose(op: Op, hasProposal: boolean, at: At): HandRefusal | null {
  if (op.state !== "NEEDS_PERSON") return "notNeedsPerson";
  if (!isQuiet(op, at)) return "tooEarly";
  return hasProposal ? "proposedAlready" : null;
}

/** May this second person decide on what the first wrote down? Never the same person under another account. */
export function mayDecide(
  op: Op,
  people: { readonly proposedPerson: string | null; readonly personId: string },
  at: At,
): HandRefusal | null {
  if (people.proposedPerson === null) return "noProposal";
  if (op.state !== "NEEDS_PERSON") return "notNeedsPerson";
  if (!isQuiet(op, at)) return "tooEarly";
  return people.proposedPerson === people.personId ? "samePerson" : null;
}
