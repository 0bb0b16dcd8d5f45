"use client";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const tickMs = 1_000;
/** Younger answers are simply now; an age that jumps between 1 s and 2 s tells nobody anything. */
const ageShownFromMs = 5_000;

type Props = {
  /** The instant of the gateway's answer as ISO text; null: none yet. */
  at: string | null;
  /** The server's clock when it told us, and ours when we heard: a till's own clock may be wrong. */
  clock: { serverNow: string; heardAtMs: number } | null;
  timeZone: string;
};

/** How old the shown answer is, on the server's clock. */
export function AsOf({ at, clock, timeZone }: Props) {
  const t = useTranslations("verdict");
  const locale = useLocale();
  const [nowMs, setNowMs] = useState<number | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  if (at === null) return t("asking");
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone, hourCycle: "h23" }).format(
    new Date(at),
  );
  const ageMs =
    clock && nowMs !== null ? Date.parse(clock.serverNow) + (nowMs - clock.heardAtMs) - Date.parse(at) : 0;
  return (
    <>
      {t("asOf", { time })}
      {ageMs >= ageShownFromMs ? <span> · {t("age", { seconds: Math.floor(ageMs / 1_000) })}</span> : null}
    </>
  );
}
