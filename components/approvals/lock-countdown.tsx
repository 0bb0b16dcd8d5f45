"use client";
import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { classes, meanings } from "#components/ui/styles.ts";

const tickMs = 1_000;

type Props = {
  /** When it ends, on the browser's steady clock in ms: whatever the till's own clock says, and however often the page is drawn. */
  endMs: number;
  onOver: () => void;
};

/** A locked PIN in place of its box, with the time that is left; it takes the focus that the box had. */
export function LockCountdown({ endMs, onOver }: Props) {
  const t = useTranslations("approvals");
  const [leftMs, setLeftMs] = useState(() => endMs - performance.now());
  const over = useEffectEvent(onOver);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    const tick = () => {
      const restMs = endMs - performance.now();
      setLeftMs(Math.max(0, restMs));
      if (restMs <= 0) over();
    };
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [endMs]);
  const seconds = Math.ceil(leftMs / 1_000);
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <div
      ref={box}
      tabIndex={-1}
      className={classes("flex items-center gap-3 rounded-lg border p-4", meanings.stop)}
    >
      <Lock aria-hidden className="size-5 shrink-0" />
      <p role="alert">{t("pinLocked")}</p>
      <p role="timer" className="ml-auto font-bold text-2xl tabular-nums">
        {left}
      </p>
    </div>
  );
}
