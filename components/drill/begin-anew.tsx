"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, callAction } from "#components/forms/call-action.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";
import { Returning } from "./returning.tsx";

/** Everything of the drill as on its first day, after one more question. The page asks for nothing anew: the desk goes away. */
export function BeginAnew({ begin }: { begin: Action }) {
  const t = useTranslations("drill.anew");
  const errors = useTranslations("errors");
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [isBegun, setIsBegun] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  async function confirm() {
    setIsBusy(true);
    const answer = await callAction(begin, {});
    const why = answer === "lost" ? "maybeLost" : (answer.refusal?.why ?? null);
    setIsBegun(why === null);
    setFault(why === null ? null : errors.has(why) ? errors(why) : errors("title"));
    setIsBusy(false);
    setIsOpen(false);
  }
  return (
    <section className={classes(card, "grid justify-items-start gap-3")} aria-labelledby="begin-anew">
      <h2 id="begin-anew" className={partTitle}>
        {t("title")}
      </h2>
      <p>{t("text")}</p>
      <p role="alert" className="text-stop-text empty:hidden">
        {fault}
      </p>
      {isBegun ? (
        <Returning />
      ) : (
        <ConfirmDialog
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          trigger={t("button")}
          title={t("ask")}
          keep={t("no")}
          confirm={t("yes")}
          isBusy={isBusy}
          onConfirm={confirm}
        >
          {t("consequence")}
        </ConfirmDialog>
      )}
    </section>
  );
}
