"use client";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import type { Action } from "#components/forms/call-action.ts";
import { pageTitle } from "#components/ui/styles.ts";
import { SomebodyElse } from "../somebody-else.tsx";
import { UnlockForm } from "./unlock-form.tsx";

type Props = {
  name: string;
  isLocked: boolean;
  onOpen: () => void;
  unlock: Action;
  signOut: () => Promise<void>;
};

/** What lies over a locked page: nothing below it is to be read out or reached, and no key but those of the PIN does anything. */
export function LockCover({ name, isLocked, onOpen, unlock, signOut }: Props) {
  const t = useTranslations("lock");
  return (
    <Dialog.Root open={isLocked}>
      <Dialog.Portal>
        <Dialog.Content
          onEscapeKeyDown={(event) => event.preventDefault()}
          className="fixed inset-0 z-50 grid content-center justify-items-center gap-6 bg-page p-6 text-ink"
        >
          <div className="grid gap-1 text-center">
            <Dialog.Title className={pageTitle}>{t("title")}</Dialog.Title>
            <Dialog.Description className="text-quiet">{t("text", { name })}</Dialog.Description>
          </div>
          <UnlockForm unlock={unlock} onOpen={onOpen} />
          <SomebodyElse signOut={signOut} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
