"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { createPortal } from "react-dom";
import type { Action } from "#components/forms/call-action.ts";
import { LockButton } from "./lock-button.tsx";
import { useScreenLock } from "./use-screen-lock.ts";

/** Fetched when the screen locks: every page would carry a dialog. */
const LockCover = dynamic(() => import("./lock-cover.tsx").then((cover) => cover.LockCover), { ssr: false });

type Props = {
  name: string;
  /** Without anybody at the screen it locks after this. */
  lockMs: number;
  lock: Action;
  unlock: Action;
  signOut: () => Promise<void>;
};

/**
 * The button that locks the screen, and the lock over it: nothing of the page is to be seen, and all that was typed is there
 * again afterwards. The server answers nothing meanwhile.
 */
export function ScreenLock({ name, lockMs, lock, unlock, signOut }: Props) {
  const router = useRouter();
  const client = useQueryClient();
  const { isLocked, wasLocked, lockNow, open } = useScreenLock(lockMs, lock);
  function onOpen() {
    open();
    router.refresh();
    void client.invalidateQueries();
  }
  return (
    <>
      <LockButton onPress={lockNow} />
      {isLocked ? createPortal(<div className="fixed inset-0 z-40 bg-page" />, document.body) : null}
      {wasLocked ? <LockCover {...{ name, isLocked, onOpen, unlock, signOut }} /> : null}
    </>
  );
}
