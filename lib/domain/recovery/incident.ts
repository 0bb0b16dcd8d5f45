import { assertNever } from "../result.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What a person has to know of (screens.md 4.1); message keys under `attention.kind`. */
export const incidentKinds = [
  "unknownOutcome",
  "paidAfterCancel",
  "refundedElsewhere",
  "approvedNotSent",
  "credentialTrouble",
  "proofMismatch",
  "brokenAnswer",
  "successNotSeen",
  "lateEffect",
  "restored",
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** Kinds that exist once for what they are about, however often it is seen; the others may come back after they were closed. */
export const onceKinds = [
  "unknownOutcome",
  "paidAfterCancel",
  "refundedElsewhere",
  "successNotSeen",
  "lateEffect",
] as const satisfies readonly IncidentKind[];

/** Kinds that end by themselves when the facts do; the others are closed by a person who says why. */
export const selfClosingKinds = [
  "unknownOutcome",
  "approvedNotSent",
  "credentialTrouble",
  "proofMismatch",
  "successNotSeen",
  "paidAfterCancel",
  "restored",
] as const satisfies readonly IncidentKind[];

/** Who has been told; message keys under `attention.told`. */
export type Told = "nobody" | "storeManager" | "owner";

/** How loud an incident is. It follows from its age alone and moves no money. */
export type IncidentLevel = { readonly told: Told; readonly isRed: boolean };

/** After how long an unknown outcome is shown to the manager, then to the owner, then red in the daily report (money.md 2.6). */
export const unknownToldAfterMs = { storeManager: 5 * minuteMs, owner: hourMs, red: 24 * hourMs } as const;

/** An approved refund that has not left after this long is worth a look, in ms. */
export const notSentAfterMs = 5 * minuteMs;

/** Who is told about an incident of this age, in ms. */
export function incidentLevel(kind: IncidentKind, ageMs: number): IncidentLevel {
  switch (kind) {
    case "unknownOutcome": {
      const { storeManager, owner, red } = unknownToldAfterMs;
      if (ageMs < storeManager) return { told: "nobody", isRed: false };
      return { told: ageMs < owner ? "storeManager" : "owner", isRed: ageMs >= red };
    }
    case "approvedNotSent":
      return { told: ageMs < hourMs ? "storeManager" : "owner", isRed: false };
    case "refundedElsewhere":
      return { told: "storeManager", isRed: false };
    case "paidAfterCancel":
      return { told: "storeManager", isRed: true };
    case "credentialTrouble":
    case "brokenAnswer":
      return { told: "owner", isRed: false };
    case "proofMismatch":
    case "successNotSeen":
    case "lateEffect":
    case "restored":
      return { told: "owner", isRed: true };
    default:
      return assertNever(kind);
  }
}
