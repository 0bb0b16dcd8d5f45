"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callAction } from "#components/forms/call-action.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";

export type Deed = (input: unknown) => Promise<ActionAnswer>;

/** One deed on a page: runs it once at a time, says why it was refused, and shows what changed. */
export function useDeed(deed: Deed) {
  const t = useTranslations("errors");
  const router = useRouter();
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  async function run(input: unknown): Promise<boolean> {
    setIsBusy(true);
    const told = await callAction(deed, input);
    const answer: ActionAnswer = told === "lost" ? { ok: false, refusal: { why: "maybeLost" } } : told;
    setIsBusy(false);
    const { why = "unexpected", fields = {}, reference = "" } = answer.refusal ?? {};
    const key = Object.values(fields)[0] ?? why;
    setFault(answer.ok ? null : t.has(key) ? t(key, { reference, status: "", time: "" }) : t("title"));
    router.refresh();
    return answer.ok;
  }
  return { run, fault, isBusy };
}
