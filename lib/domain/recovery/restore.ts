/** The end of the audit as a copy outside the database remembers it. */
export type HeadCopy = {
  readonly id: string;
  readonly epoch: string | null;
  readonly seq: number;
  readonly hash: string;
};

/** What the books say of themselves. */
export type BooksHead = {
  readonly epoch: string | null;
  /** Letters these books used before. */
  readonly pastEpochs: string;
  readonly seq: number;
  /** The chain's hash at the copy's line; null: the books have no such line. */
  readonly hashAtCopy: string | null;
  /** Copies were kept before. */
  readonly hasCopies: boolean;
  /** Another copy was written within minutes: other processes are at work on these very books. */
  readonly isKeptElsewhere: boolean;
};

/**
 * Whether the books are the ones the outside copy knows (money.md 2.12, C12 and C13). `behind`: lines are missing, so
 * money may have moved that these books do not know. `forked`: another history. `lostCopy`: the copy is gone, nobody can
 * say. `new`: there is nothing to compare with yet.
 */
export function judgeHead(
  books: BooksHead,
  copy: HeadCopy | null,
): "whole" | "new" | "behind" | "forked" | "lostCopy" {
  if (!copy) return books.hasCopies && !books.isKeptElsewhere ? "lostCopy" : "new";
  if (copy.epoch !== null && books.pastEpochs.includes(copy.epoch)) return "whole";
  if (copy.epoch !== null && copy.epoch !== books.epoch) return "behind";
  if (copy.seq > books.seq) return "behind";
  return books.hashAtCopy === copy.hash ? "whole" : "forked";
}

/** Somebody who agrees that sending goes on. */
export type Switcher = { readonly personId: string; readonly isOwner: boolean };

/** Why sending is not switched on; message keys under `errors`. */
export type SwitchRefusal = "notOff" | "notReconciled" | "samePerson" | "ownerNeeded";

/**
 * Two different people switch sending on again after a restore, one of them an owner, and not before everything that moved
 * meanwhile was looked for. `first`: this press is noted; `on`: it was the second.
 */
export function maySwitchOn(
  state: { readonly isOff: boolean; readonly isReconciled: boolean; readonly first: Switcher | null },
  by: Switcher,
):
  | { readonly ok: true; readonly step: "first" | "on" }
  | { readonly ok: false; readonly why: SwitchRefusal } {
  if (!state.isOff) return { ok: false, why: "notOff" };
  if (!state.isReconciled) return { ok: false, why: "notReconciled" };
  if (!state.first) return { ok: true, step: "first" };
  if (state.first.personId === by.personId) return { ok: false, why: "samePerson" };
  if (!state.first.isOwner && !by.isOwner) return { ok: false, why: "ownerNeeded" };
  return { ok: true, step: "on" };
}
