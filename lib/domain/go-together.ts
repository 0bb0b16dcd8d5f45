import { z } from "zod";
import { limits } from "./limits.ts";
import { type LookTwiceFacts, lookTwice } from "./look-twice.ts";
import { needsTwo } from "./second-approval.ts";

/** Why a request is approved by itself and not together with others; message keys under `together.why`. */
export type AloneReason =
  | "ownRequest"
  | "decidedBefore"
  | "lookTwice"
  | "saleDateUnknown"
  | "needsTwo"
  | "unusual"
  | "notFresh";

/** What of a request decides whether it is of low risk. Amounts in minor units, instants by the database's clock. */
export type RiskFacts = LookTwiceFacts & {
  /** The person who would approve asked for it. */
  readonly isOwn: boolean;
  /** A manager rejected a request for this order or gave one back. */
  readonly isDecidedBefore: boolean;
  /** Above this amount its store asks for two managers; null: never. */
  readonly secondAboveMinor: number | null;
};

/**
 * Why a request is looked at alone; null: it is of low risk (screens.md 4.1, scenario 42): another person asked, nothing to
 * look at twice, the day of the sale is known, nobody sent it back before, and one manager is enough.
 */
export function whyAlone(facts: RiskFacts): AloneReason | null {
  if (facts.isOwn) return "ownRequest";
  if (facts.isDecidedBefore) return "decidedBefore";
  if (lookTwice(facts).length > 0) return "lookTwice";
  if (facts.paidAt === null) return "saleDateUnknown";
  return needsTwo(facts.amountMinor, facts.secondAboveMinor) ? "needsTwo" : null;
}

/** What of its order at this moment decides the same. `isPlain`: as for the own limit (own-limit.ts). */
export type OrderNow = { readonly isPlain: boolean; readonly asOfAt: Date | null; readonly now: Date };

/** Why its order keeps a request from going with others now: its money is out of the ordinary, or the gateway's word is too old. */
export function whyNotNow({ isPlain, asOfAt, now }: OrderNow): AloneReason | null {
  if (!isPlain) return "unusual";
  return asOfAt && now.getTime() - asOfAt.getTime() <= limits.togetherFactsMs ? null : "notFresh";
}

const chosen = z
  .preprocess((no) => (typeof no === "string" ? [no] : no), z.array(z.string().max(16)))
  .catch([])
  .transform((nos) => [...new Set(nos)].slice(0, limits.togetherMax));

/** The requests that an address chooses with `no`, each once, as many as go together at most; whatever else it is, none. */
export function readChosen(no: unknown): readonly string[] {
  return chosen.parse(no);
}
