import type { Permission, Role } from "#lib/domain/staff.ts";
import type { Person, Standing, World } from "./world.ts";

/** Everything that belongs to one cell before somebody reaches for it. */
export type Cell = {
  readonly world: World;
  readonly who: Person;
  /** The thing is to be this person's own; else somebody else's. */
  readonly isTheirs: boolean;
};

/**
 * What is reached for: the call, and for a reading the word that only the thing itself would bring. `prepare`: what is made
 * ready with the session that they come with, before anything counts.
 */
export type Reach = {
  readonly call: () => Promise<unknown>;
  readonly mark?: string;
  readonly prepare?: () => Promise<unknown>;
};

/** One thing that can be done or read, with everybody who may: the paper's table 4.6, written by hand. */
export type Row = {
  readonly name: string;
  readonly may: readonly Role[];
  /**
   * `store`: it is the store's, for whoever works there and for the auditor. `house`: it is everybody's. `person`: it is
   * one person's own. `own`: it is about the stores of whoever reaches for it. `public`: it is for whoever asks.
   */
  readonly scope: "store" | "house" | "person" | "own" | "public";
  readonly kind: "deed" | "reading";
  readonly permission?: Permission;
  /** Actions, addresses and use-cases that this row goes through, as the census names them. */
  readonly covers: readonly string[];
  /** It says nothing in the audit; why is said beside it. */
  readonly isSilent?: true;
  /** It answers everybody alike: only what moved tells who got it. */
  readonly isAlike?: true;
  /** Tables that a refused caller may move besides what keeps count of callers. */
  readonly alsoMoves?: readonly string[];
  readonly arrange: (cell: Cell) => Promise<Reach>;
};

export const everybody: readonly Role[] = ["cashier", "manager", "owner", "auditor"];
export const till: readonly Role[] = ["cashier", "manager"];
export const deciders: readonly Role[] = ["manager", "owner"];
export const readers: readonly Role[] = ["manager", "owner", "auditor"];

/** Whether somebody gets what the row is about. */
export function isLetThrough({ scope, may }: Row, role: Role, standing: Standing): boolean {
  if (scope === "public") return true;
  if (standing === "is signed out" || !may.includes(role)) return false;
  if (scope === "house") return true;
  if (scope === "own") return standing !== "works nowhere";
  if (scope === "person") return standing === "works there";
  return standing === "works there" || role === "auditor";
}
