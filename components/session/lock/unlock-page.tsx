"use client";
import { useRouter } from "next/navigation";
import type { Action } from "#components/forms/call-action.ts";
import { tellTabs } from "#components/ui/screen-lock.ts";
import { UnlockForm } from "./unlock-form.tsx";

/** Unlocks the screen and goes on to where somebody was going. */
export function UnlockPage({ unlock, then }: { unlock: Action; then: string }) {
  const router = useRouter();
  return (
    <UnlockForm
      unlock={unlock}
      onOpen={() => {
        tellTabs("open");
        router.replace(then);
        router.refresh();
      }}
    />
  );
}
