"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Action, callAction, reloadWhenBack } from "#components/forms/call-action.ts";
import { useRefusalWords } from "#components/forms/refusal-words.ts";
import { requestKey } from "#components/requests/use-request-now.ts";
import type { Currency } from "#lib/domain/currency.ts";

type Place = { requestNo: string; timeZone: string; currency: Currency };

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

/** Sends a decision once and says what became of it; the page then shows what the books say. */
export function useDecide({ requestNo, timeZone, currency }: Place, { lockedForMs = 0 } = {}) {
  const queries = useQueryClient();
  const words = useRefusalWords({ timeZone, currency });
  const [state, setState] = useState<Deciding>(() => ({ ...calm, lockEndMs: endOf(lockedForMs) }));
  async function decide(form: HTMLFormElement, action: Action, input: object): Promise<boolean> {
    const say = (said: Partial<Deciding>) => setState(({ lockEndMs }) => ({ ...calm, lockEndMs, ...said }));
    say({ isBusy: true });
    const answer = await callAction(action, { requestNo, ...input });
    if (answer === "lost") {
      say({ isLost: true });
      void reloadWhenBack();
      return false;
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
    if (faults.length === 0) await queries.invalidateQueries({ queryKey: requestKey(requestNo) });
    return answer.ok;
  }
  return {
    state,
    decide,
    /** Takes the words away; a lock stays. */
    clear: () => setState(({ lockEndMs }) => ({ ...calm, lockEndMs })),
    unlock: () => setState({ ...calm, lockEndMs: null }),
  };
}
