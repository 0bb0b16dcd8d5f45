import { unstable_isUnrecognizedActionError as isOfOlderVersion } from "next/navigation";
import { sayLocked } from "#components/ui/screen-lock.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { paths } from "#lib/domain/paths.ts";

export type Action = (input: unknown) => Promise<ActionAnswer>;

/**
 * Calls a server action. Whatever goes wrong on the way there or back (no network, a 500) is "lost": it may
 * have happened, and only the books can tell (money.md 2.11). A page of an older version is told so: nothing happened.
 */
export async function callAction(action: Action, input: unknown): Promise<ActionAnswer | "lost"> {
  try {
    const answer = await action(input);
    if (answer.refusal?.why === "screenLocked") sayLocked();
    return answer.refusal?.why === "unexpected" ? "lost" : answer;
  } catch (error) {
    // The server says itself that it does not know this action any more: then nothing was done, and what was typed is kept.
    return isOfOlderVersion(error) ? { ok: false, refusal: { why: "oldPage" } } : "lost";
  }
}

const againMs = 1_500;

/** Loads the page anew once the server answers, so that it tells what the books say; a browser's error page would tell nothing. */
export async function reloadWhenBack(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, againMs));
    const isBack = await fetch(paths.health, { cache: "no-store" }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isBack) return window.location.reload();
  }
}
