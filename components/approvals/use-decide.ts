"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Action, callAction, reloadWhenBack } from "#components/forms/call-action.ts";
import { useRefusalWords } from "#components/forms/refusal-words.ts";
import { requestKey } from "#components/requests/use-request-now.ts";
import type { Currency } from "#lib/domain/currency.ts";

type Place = { requestNo: string; timeZone: string; currency: Currency };

/** What became of a press: words beside a field, words about the whole, a lock, or an answer that got lost. */
export type Deciding = {
  readonly isBusy: boolean;
  readonly isLost: boolean;
  readonly fieldFault: string | null;
  readonly fault: string | null;
  readonly lockedForMs: number;
};

const quiet: Deciding = { isBusy: false, isLost: false, fieldFault: null, fault: null, lockedForMs: 0 };

/** Sends a decision once and says what became of it; the page then shows what the books say. */
export function useDecide({ requestNo, timeZone, currency }: Place, { lockedForMs = 0 } = {}) {
  const router = useRouter();
  const queries = useQueryClient();
  const words = useRefusalWords({ timeZone, currency });
  const [state, setState] = useState<Deciding>({ ...quiet, lockedForMs });
  async function decide(action: Action, input: object): Promise<boolean> {
    setState({ ...quiet, isBusy: true });
    const answer = await callAction(action, { requestNo, ...input });
    if (answer === "lost") {
      setState({ ...quiet, isLost: true });
      void reloadWhenBack();
      return false;
    }
    const { refusal } = answer;
    const field = Object.values(refusal?.fields ?? {})[0] ?? (refusal?.why === "wrong" ? "wrong" : null);
    setState({
      ...quiet,
      fieldFault: field ? words({ why: field }) : null,
      fault: refusal && !field ? words(refusal) : null,
      lockedForMs: refusal?.why === "locked" ? (refusal.waitMs ?? 0) : 0,
    });
    await queries.invalidateQueries({ queryKey: requestKey(requestNo) });
    router.refresh();
    return answer.ok;
  }
  return { state, decide, clear: () => setState(quiet) };
}
