"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { card } from "#components/ui/styles.ts";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";
import type { RequestSnapshot } from "#lib/domain/refund.ts";

type Props = {
  requestNo: string;
  seen: RequestSnapshot;
  amount: string;
  approve: (input: unknown) => Promise<ActionAnswer>;
  reject: (input: unknown) => Promise<ActionAnswer>;
};

/** Approve with a PIN or reject with a reason. What is shown is what is approved: `seen` goes along. */
export function Decision({ requestNo, seen, amount, approve, reject }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const [step, setStep] = useState<"choose" | "approve" | "reject">("choose");
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsBusy(true);
    const answer = await (step === "approve"
      ? approve({ requestNo, seen, pin: form.get("pin") })
      : reject({ requestNo, reason: form.get("reason") }));
    setIsBusy(false);
    const { why = "unexpected", fields = {}, status, untilAt, reference = "" } = answer.refusal ?? {};
    const key = Object.values(fields)[0] ?? why;
    const values = {
      reference,
      status: status ? t(`requestStatus.${status}`) : "",
      time: untilAt ? new Date(untilAt).toLocaleTimeString() : "",
    };
    setFault(answer.ok ? null : t.has(`errors.${key}`) ? t(`errors.${key}`, values) : t("errors.title"));
    router.refresh();
  }
  return (
    <section className={`${card} grid gap-4`}>
      <p role="alert" className="text-stop-text empty:hidden">
        {fault}
      </p>
      {step === "choose" ? (
        <div className="flex flex-wrap gap-3">
          <Button onClick={() => setStep("approve")}>
            {t("approvals.approve")} {amount}
          </Button>
          <Button look="danger" onClick={() => setStep("reject")}>
            {t("approvals.reject")}
          </Button>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-4">
          {step === "approve" ? (
            <TextField
              id="pin"
              name="pin"
              type="password"
              label={t("approvals.pin")}
              inputMode="numeric"
              autoComplete="off"
              maxLength={6}
            />
          ) : (
            <TextAreaField id="reject-reason" name="reason" label={t("approvals.reason")} />
          )}
          <Button type="submit" isBusy={isBusy}>
            {t("approvals.confirm")}
          </Button>
        </form>
      )}
    </section>
  );
}
