"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, callAction, reloadWhenBack } from "#components/forms/call-action.ts";
import { MaybeLost } from "#components/forms/maybe-lost.tsx";
import { useRefusalWords } from "#components/forms/refusal-words.ts";
import { requestKey } from "#components/requests/use-request-now.ts";
import { Button } from "#components/ui/button.tsx";
import type { Currency } from "#lib/domain/currency.ts";

type Props = { requestNo: string; timeZone: string; currency: Currency; withdraw: Action };

/** Takes one's own request back. */
export function WithdrawButton({ requestNo, timeZone, currency, withdraw }: Props) {
  const t = useTranslations("requests");
  const words = useRefusalWords({ timeZone, currency });
  const router = useRouter();
  const queries = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const [state, setState] = useState<"idle" | "busy" | "lost">("idle");
  async function press() {
    setState("busy");
    const answer = await callAction(withdraw, { requestNo });
    setState(answer === "lost" ? "lost" : "idle");
    if (answer === "lost") return void reloadWhenBack();
    setFault(answer.refusal ? words(answer.refusal) : null);
    router.refresh();
    await queries.invalidateQueries({ queryKey: requestKey(requestNo) });
  }
  if (state === "lost") return <MaybeLost what="decision" />;
  return (
    <div className="grid gap-1">
      <Button look="secondary" isBusy={state === "busy"} onClick={press}>
        {t("withdraw")}
      </Button>
      <p role="alert" className="text-stop-text empty:hidden">
        {fault}
      </p>
    </div>
  );
}
