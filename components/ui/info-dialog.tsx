"use client";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { button, card, classes } from "./styles.ts";

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
        <Dialog.Content
          className={classes(
            card,
            "fixed inset-x-4 bottom-4 z-30 mx-auto grid max-w-md gap-4 rounded-2xl p-6 text-ink shadow-high sm:top-1/4 sm:bottom-auto",
          )}
        >
          <Dialog.Title className="font-bold text-2xl tracking-tight">{title}</Dialog.Title>
          <Dialog.Description className="text-quiet">{text}</Dialog.Description>
          {children}
          <Dialog.Close className={button.secondary}>{close}</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
