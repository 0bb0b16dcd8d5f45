"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { AlertDialog } from "radix-ui";
import { useState } from "react";
import { button, card } from "#components/ui/styles.ts";
import type { ActionAnswer } from "#lib/domain/action-answer.ts";

type Props = {
  account: string;
  orderNo: string;
  amount: string;
  cancel: (input: unknown) => Promise<ActionAnswer>;
};

/** Asks once more, with number, amount and consequence; keeping the order is what Enter does. */
export function CancelDialog({ account, orderNo, amount, cancel }: Props) {
  const t = useTranslations("cancel");
  const errors = useTranslations("errors");
  const router = useRouter();
  const [fault, setFault] = useState<string | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [requestId] = useState(() => crypto.randomUUID());
  async function confirm() {
    const answer = await cancel({ account, orderNo, clientRequestId: requestId });
    setIsOpen(false);
    const why = answer.refusal?.why;
    setFault(answer.ok || !why ? null : errors.has(why) ? errors(why) : errors("title"));
    router.refresh();
  }
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <AlertDialog.Trigger className={button.danger}>{t("button")}</AlertDialog.Trigger>
      <p role="alert" className="text-stop-text empty:hidden">
        {fault}
      </p>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 bg-black/50" />
        <AlertDialog.Content className={`${card} fixed inset-x-4 top-1/4 mx-auto grid max-w-md gap-4`}>
          <AlertDialog.Title className="font-bold text-xl">{t("title")}</AlertDialog.Title>
          <AlertDialog.Description>{t("body", { orderNo, amount })}</AlertDialog.Description>
          <div className="flex flex-wrap gap-3">
            <AlertDialog.Cancel className={button.primary}>{t("no")}</AlertDialog.Cancel>
            <button type="button" className={button.danger} onClick={confirm}>
              {t("yes")}
            </button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
