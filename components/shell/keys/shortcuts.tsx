"use client";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { InfoDialog } from "#components/ui/info-dialog.tsx";
import { paths } from "#lib/domain/paths.ts";
import type { Shortcut } from "./shortcut-keys.ts";
import { useShortcuts } from "./use-shortcuts.ts";

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
  const path = usePathname();
  const [isOpen, setIsOpen] = useState(false);
  const mayApprove = places.includes(paths.approvals);
  useShortcuts((shortcut: Shortcut) => {
    if (shortcut === "help") setIsOpen(true);
    else if (shortcut === "back") goBack(router, path);
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
  return (
    <InfoDialog
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      title={t("title")}
      text={t("text")}
      close={t("close")}
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
        {rows.map(({ keys, word }) => (
          <div key={word} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-9 rounded-lg border border-edge bg-page px-2 py-1 text-center font-mono text-base"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
    </InfoDialog>
  );
}
