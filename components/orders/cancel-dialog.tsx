"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";

type Props = {
  account: string;
  orderNo: string;
  /** Null: the gateway has not told it yet. */
  amount: string | null;
  /** The order can be cancelled now; a dialog that is open already stays, and the server decides. */
  isOffered: boolean;
  isOff: boolean;
  cancel: (input: unknown) => Promise<ActionAnswer>;
};

/** Asks once more, with number, amount and consequence; keeping the order is what Enter does. */
export function CancelDialog({ account, orderNo, amount, isOffered, isOff, cancel }: Props) {
  const t = useTranslations("cancel");
  const errors = useTranslations("errors");
  const router = useRouter();
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const [requestId] = useState(() => crypto.randomUUID());
  async function confirm() {
    setIsBusy(true);
    const answer = await cancel({ account, orderNo, clientRequestId: requestId }).finally(() => {
      setIsBusy(false);
      setIsOpen(false);
    });
    const why = answer.refusal?.why;
    setFault(answer.ok || !why ? null : errors.has(why) ? errors(why) : errors("title"));
    router.refresh();
  }
  return (
    <>
      {(isOffered && !isOff) || isOpen ? (
        <ConfirmDialog
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          trigger={t("button")}
          title={t("title")}
          keep={t("no")}
          confirm={t("yes")}
          isBusy={isBusy}
          onConfirm={confirm}
        >
          {t("body", { orderNo, amount: amount ?? "—" })}
        </ConfirmDialog>
      ) : null}
      <p role="alert" className="text-stop-text empty:hidden">
        {fault}
      </p>
    </>
  );
}
