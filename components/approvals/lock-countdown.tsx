"use client";
import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { classes, meanings } from "#components/ui/styles.ts";

const tickMs = 1_000;

/** A locked PIN in place of its box, with the time that is left by the server's clock, whatever the till's own clock says. */
export function LockCountdown({ waitMs, onOver }: { waitMs: number; onOver: () => void }) {
  const t = useTranslations("approvals");
  const [leftMs, setLeftMs] = useState(waitMs);
  useEffect(() => {
    const endMs = performance.now() + waitMs;
    const timer = setInterval(() => {
      const rest = endMs - performance.now();
      setLeftMs(Math.max(0, rest));
      if (rest <= 0) onOver();
    }, tickMs);
    return () => clearInterval(timer);
  }, [waitMs, onOver]);
  const seconds = Math.ceil(leftMs / 1_000);
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <div className={classes("flex items-center gap-3 rounded-lg border p-4", meanings.stop)}>
      <Lock aria-hidden className="size-5 shrink-0" />
      <p>{t("pinLocked")}</p>
      <p role="timer" className="ml-auto font-bold text-2xl tabular-nums">
        {left}
      </p>
    </div>
  );
}
