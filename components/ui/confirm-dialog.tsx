"use client";
import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { button, dialog, pageTitle } from "./styles.ts";

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The word on the button that opens it. */
  trigger: string;
  title: string;
  /** Number, amount and consequence in words. */
  children: ReactNode;
  keep: string;
  confirm: string;
  isBusy: boolean;
  onConfirm: () => void;
};

/** One more question before something that cannot be taken back; keeping things as they are is what Enter does. */
export function ConfirmDialog(props: Props) {
  const { isOpen, onOpenChange, trigger, title, children, keep, confirm, isBusy, onConfirm } = props;
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Trigger asChild>
        <Button look="danger">{trigger}</Button>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-20 bg-veil" />
        <AlertDialog.Content className={dialog}>
          <AlertDialog.Title className={pageTitle}>{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-lg">{children}</AlertDialog.Description>
          <div className="mt-2 grid gap-3 sm:flex sm:flex-row-reverse sm:justify-start">
            <AlertDialog.Cancel disabled={isBusy} className={button.primary}>
              {keep}
            </AlertDialog.Cancel>
            <Button look="danger" isBusy={isBusy} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
