"use client";
import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type Action, callAction } from "#components/forms/call-action.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";

type Props = { unlock: Action; onOpen: () => void };

/** The PIN that opens a locked screen. Whatever becomes of it, the PIN does not stay in its box. */
export function UnlockForm({ unlock, onOpen }: Props) {
  const t = useTranslations();
  const format = useFormatter();
  const [fault, setFault] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setIsBusy(true);
    const answer = await callAction(unlock, { pin: new FormData(form).get("pin") });
    setIsBusy(false);
    form.reset();
    if (answer !== "lost" && answer.ok) return onOpen();
    const {
      why = "",
      fields,
      triesLeft = 0,
      untilAt,
    } = answer === "lost" ? { why: "maybeLost" } : (answer.refusal ?? {});
    // Over meanwhile: the page leads to the sign-in page and back.
    if (why === "signedOut") return window.location.reload();
    const time = untilAt
      ? format.dateTime(new Date(untilAt), { hour: "2-digit", minute: "2-digit", hour12: false })
      : "";
    setFault(t(`errors.${fields?.pin ?? why}`, { left: triesLeft, time, reference: "", status: "" }));
    const box = form.elements.namedItem("pin");
    if (box instanceof HTMLElement) box.focus();
  }
  return (
    <form onSubmit={submit} noValidate className="grid justify-items-center gap-4">
      <TextField
        {...{ id: "unlock-pin", name: "pin", type: "password", inputMode: "numeric", autoComplete: "off" }}
        label={t("lock.pin")}
        fault={fault}
        isUrgent
        maxLength={6}
        autoFocus
        className="max-w-48 text-center text-2xl tracking-[0.4em]"
      />
      <Button type="submit" isBusy={isBusy} className="w-full max-w-48">
        {t("lock.unlock")}
      </Button>
    </form>
  );
}
