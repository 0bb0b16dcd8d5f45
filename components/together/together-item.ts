import type { AloneReason } from "#lib/domain/go-together.ts";
import type { Money } from "#lib/domain/money.ts";
import type { RequestState } from "#lib/domain/request-state.ts";

/** One of the chosen requests as it stands: why it does not go with the others (null: it does), and what of its facts moved. */
export type TogetherItem = Money & {
  readonly requestNo: string;
  readonly orderNo: string;
  readonly askedBy: string;
  readonly reason: string;
  readonly timeZone: string;
  readonly storeName: string;
  readonly state: RequestState;
  readonly why: AloneReason | null;
  readonly changes: readonly string[];
};

/** What the address of chosen requests tells. */
export type TogetherShown = { readonly items: readonly TogetherItem[]; readonly serverNow: string };

/** Whether it waits and nothing keeps it from going with the others. */
export function isReady({ state, why, changes }: TogetherItem): boolean {
  return state === "waiting" && why === null && changes.length === 0;
}
