"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Action, callAction, reloadWhenBack } from "#components/forms/call-action.ts";
import { useRefusalWords } from "#components/forms/refusal-words.ts";
import { requestKey } from "#components/requests/use-request-now.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import type { Currency } from "#lib/domain/currency.ts";

type Shop = { timeZone: string; currency: Currency };
type Place = Shop & { requestNo: string };

/** What became of a press: words beside a field, words about the whole, or an answer that got lost. */
export type Deciding = {
  readonly isBusy: boolean;
  readonly isLost: boolean;
  /** What is wrong with a field, by the field's name. */
  readonly fieldFaults: Readonly<Record<string, string>>;
  readonly fault: string | null;
  /** When the lock of the PIN ends, on the browser's steady clock in ms; null: it is not locked. */
  readonly lockEndMs: number | null;
};

const calm = { isBusy: false, isLost: false, fieldFaults: {}, fault: null };
const endOf = (waitMs: number) => (waitMs > 0 ? performance.now() + waitMs : null);

/** A PIN never stays in its box; the focus goes to what has to be typed again, and everything else stays as it was. */
function showFault({ elements }: HTMLFormElement, name: string | undefined): void {
  const pin = elements.namedItem("pin");
  if (pin instanceof HTMLInputElement) pin.value = "";
  const box = name ? elements.namedItem(name) : null;
  if (box instanceof HTMLElement) box.focus();
}

/** The outcome stands at the top of the page, and the form that had the focus is gone: both go there. */
function showOutcome(): void {
  window.scrollTo({ top: 0 });
  document.getElementById("content")?.focus({ preventScroll: true });
}

/** Sends something that takes a PIN once and says what became of it. */
export function usePinned(shop: Shop, { lockedForMs = 0 } = {}) {
  const words = useRefusalWords(shop);
  const [state, setState] = useState<Deciding>(() => ({ ...calm, lockEndMs: endOf(lockedForMs) }));
  /** The answer, where the form itself was in order; null: something in it has to be typed again, or it was lost. */
  async function press(form: HTMLFormElement, action: Action, input: object): Promise<ActionAnswer | null> {
    const say = (said: Partial<Deciding>) => setState(({ lockEndMs }) => ({ ...calm, lockEndMs, ...said }));
    say({ isBusy: true });
    const answer = await callAction(action, input);
    if (answer === "lost") {
      say({ isLost: true });
      void reloadWhenBack();
      return null;
    }
    const { refusal } = answer;
    const fields = Object.entries(refusal?.fields ?? {});
    const faults = fields.map(([name, why]) => [name, words({ why })]);
    if (refusal?.why === "wrong") faults.push(["pin", words(refusal)]);
    if (refusal?.why === "locked") say({ lockEndMs: endOf(refusal.waitMs ?? 0) });
    else
      say({
        fieldFaults: Object.fromEntries(faults),
        fault: refusal && faults.length === 0 ? words(refusal) : null,
      });
    showFault(form, faults[0]?.[0]);
    return faults.length === 0 ? answer : null;
  }
  return {
    state,
    press,
    /** Takes the words away; a lock stays. */
    clear: () => setState(({ lockEndMs }) => ({ ...calm, lockEndMs })),
    unlock: () => setState({ ...calm, lockEndMs: null }),
  };
}

/** Sends a decision about one request; the page then shows what the books say. */
export function useDecide({ requestNo, ...shop }: Place, options: { lockedForMs?: number } = {}) {
  const queries = useQueryClient();
  const { press, ...pinned } = usePinned(shop, options);
  async function decide(form: HTMLFormElement, action: Action, input: object): Promise<boolean> {
    const answer = await press(form, action, { requestNo, ...input });
    if (answer) await queries.invalidateQueries({ queryKey: requestKey(requestNo) });
    if (answer?.ok) showOutcome();
    return answer?.ok ?? false;
  }
  return { ...pinned, decide };
}
