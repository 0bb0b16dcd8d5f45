"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePath } from "#components/ui/use-path.ts";
import { paths } from "#lib/domain/paths.ts";
import type { Shortcut } from "./shortcut-keys.ts";
import { useShortcuts } from "./use-shortcuts.ts";

/** Fetched when somebody asks for it: few do, and every page would carry a dialog. */
const ShortcutHelp = dynamic(() => import("./shortcut-help.tsx").then((help) => help.ShortcutHelp), {
  ssr: false,
});

/** The page one step up, for pages that have one. */
function parentOf(path: string): string | null {
  const form = /^(\/orders\/[^/]+\/[^/]+)\/refund$/.exec(path)?.[1];
  return form ?? /^(\/(?:orders|approvals|requests))\/.+$/.exec(path)?.[1] ?? null;
}

/** Goes to where the person came from in this tab, else one step up; nowhere from the pages of the rail. */
function goBack(router: ReturnType<typeof useRouter>, path: string): void {
  const parent = parentOf(path);
  if (parent === null) return;
  if (window.navigation?.canGoBack) router.back();
  else router.push(parent);
}

/** The shortcuts of every staff page, and the dialog that lists them. `places`: the rail's pages of this person. */
export function Shortcuts({ places }: { places: readonly string[] }) {
  const t = useTranslations("keys");
  const router = useRouter();
  const path = usePath();
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const mayApprove = places.includes(paths.approvals);
  useShortcuts((shortcut: Shortcut) => {
    if (shortcut === "help") {
      setWasOpened(true);
      setIsOpen(true);
    } else if (shortcut === "back") goBack(router, path);
    else if (shortcut === "orders") router.push(paths.orders);
    else if (mayApprove) router.push(paths.approvals);
  });
  const rows = [
    { keys: ["/"], word: t("search") },
    { keys: ["g", "o"], word: t("orders") },
    ...(mayApprove ? [{ keys: ["g", "a"], word: t("approvals") }] : []),
    { keys: ["Esc"], word: t("back") },
    { keys: ["?"], word: t("help") },
  ];
  // Opened once, it stays, so that it can give the focus back as it closes.
  return wasOpened ? <ShortcutHelp {...{ isOpen, rows }} onOpenChange={setIsOpen} /> : null;
}
