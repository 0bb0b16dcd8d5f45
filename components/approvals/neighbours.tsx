"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { button, classes } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";

type Props = { before: string | null; after: string | null; waiting: number };

/** The request that waits before and after this one; the arrow keys lead there too, outside of fields. A scanner sends no arrows. */
export function Neighbours({ before, after, waiting }: Props) {
  const t = useTranslations("approvals");
  const router = useRouter();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const isTyping =
        event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const to = event.key === "ArrowLeft" ? before : event.key === "ArrowRight" ? after : null;
      if (to) router.push(paths.approval(to));
      if (event.key === "Escape") router.push(paths.approvals);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [before, after, router]);
  const look = classes(button.secondary, "min-h-11 px-3");
  return (
    <nav aria-label={t("neighbours")} className="flex flex-wrap items-center gap-2">
      {waiting > 0 ? (
        <span className="mr-1 text-quiet text-sm">{t("othersWait", { count: waiting })}</span>
      ) : null}
      {before ? (
        <Link href={paths.approval(before)} prefetch={false} className={look} aria-keyshortcuts="ArrowLeft">
          <ChevronLeft aria-hidden className="size-5" />
          {t("before")}
        </Link>
      ) : null}
      {after ? (
        <Link href={paths.approval(after)} prefetch={false} className={look} aria-keyshortcuts="ArrowRight">
          {t("after")}
          <ChevronRight aria-hidden className="size-5" />
        </Link>
      ) : null}
    </nav>
  );
}
