"use client";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { button, dialog, pageTitle } from "./styles.ts";

type Props = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  text: string;
  close: string;
  children: ReactNode;
};

/** Something to read over the page; Escape and the button take it away. */
export function InfoDialog({ isOpen, onOpenChange, title, text, close, children }: Props) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 bg-veil" />
        <Dialog.Content className={dialog}>
          <Dialog.Title className={pageTitle}>{title}</Dialog.Title>
          <Dialog.Description className="text-quiet">{text}</Dialog.Description>
          {children}
          <Dialog.Close className={button.secondary}>{close}</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
