"use client";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import { callAction } from "./call-action.ts";

export type Deed = (input: unknown) => Promise<ActionAnswer>;
type Faults = Readonly<Record<string, string>>;

/**
 * A form that becomes one deed: sends it once at a time, keeps what was typed where it is refused, says what is wrong beside
 * each field and leads the focus to the first.
 */
export function useFormDeed(deed: Deed, onDone: (answer: ActionAnswer) => void) {
  const t = useTranslations("errors");
  const format = useFormatter();
  const router = useRouter();
  const [faults, setFaults] = useState<Faults>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  async function run(input: unknown, form: HTMLFormElement | null): Promise<void> {
    setIsBusy(true);
    const answer = await callAction(deed, input);
    setIsBusy(false);
    if (answer === "lost") return setTrouble(t("maybeLost"));
    if (answer.ok) {
      setFaults({});
      setTrouble(null);
      onDone(answer);
      return router.refresh();
    }
    const { why = "unexpected", fields = {}, untilAt } = answer.refusal ?? {};
    const time = untilAt
      ? format.dateTime(new Date(untilAt), { hour: "2-digit", minute: "2-digit", hour12: false })
      : "";
    const words = (key: string) => (t.has(key) ? t(key, { time, status: "", reference: "" }) : t("title"));
    setFaults(Object.fromEntries(Object.entries(fields).map(([name, key]) => [name, words(key)])));
    setTrouble(Object.keys(fields).length > 0 ? null : words(why));
    focusFirst(form, fields);
  }
  return { run, faults, trouble, setFaults, isBusy };
}

/** Zod names a fault in a list by its place, as in `storeIds.0`. */
export function focusFirst(form: HTMLFormElement | null, fields: Faults): void {
  const [first] = Object.keys(fields);
  const found = first === undefined ? null : form?.elements.namedItem(first);
  const control = found instanceof RadioNodeList ? found[0] : found;
  if (control instanceof HTMLElement) control.focus();
}
