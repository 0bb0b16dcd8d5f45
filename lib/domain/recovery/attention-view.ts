import type { Currency } from "../currency.ts";
import type { IncidentKind, Told } from "./incident.ts";
import type { ProofLists } from "./proof.ts";

/** An open case as the attention page shows it; instants as ISO text, amounts in minor units. */
export type CaseView = {
  readonly caseNo: string;
  readonly kind: IncidentKind;
  readonly told: Told;
  readonly isRed: boolean;
  /** Since when it is so: for an unknown outcome, since it was sent. */
  readonly since: string;
  /** When it is asked about again by itself; null: no question is planned. */
  readonly nextTryAt: string | null;
  readonly account: string;
  readonly orderNo: string | null;
  readonly storeName: string;
  readonly timeZone: string;
  readonly amountMinor: number | null;
  readonly currency: Currency;
  readonly needsPerson: boolean;
  /** Codes and counts for whoever looks further. */
  readonly detail: string | null;
  readonly proposal: {
    readonly outcome: "SUCCEEDED" | "FAILED";
    readonly seen: string;
    readonly by: string;
  } | null;
  /** Nobody settles it before then; null: the quiet time is over. */
  readonly settleNotBefore: string | null;
  readonly canPropose: boolean;
  readonly canDecide: boolean;
  readonly canClose: boolean;
  readonly canTestKeys: boolean;
};

/** Sending is off for the whole house after a restore. */
export type SwitchView = {
  readonly since: string;
  readonly isReconciled: boolean;
  /** Accounts that are still being looked through. */
  readonly accountsLeft: number;
  /** Who agreed already. */
  readonly first: string | null;
  readonly canPress: boolean;
};

/** The newest proof of one account and business day. */
export type ProofView = {
  readonly account: string;
  readonly storeName: string;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly day: string;
  readonly ranAt: string;
  readonly method: "list" | "queries";
  readonly isClean: boolean;
  readonly ourCount: number;
  readonly theirCount: number;
  readonly lists: ProofLists;
};
