"use client";
import { Hourglass, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { classes } from "#components/ui/styles.ts";
import { useServerNow } from "#components/ui/use-server-now.ts";
import { limits } from "#lib/domain/limits.ts";
import type { OrderStatus } from "#lib/domain/order-view.ts";

/** Younger answers are simply now; an age that jumps between 1 s and 2 s tells nobody anything. */
const ageShownFromMs = 5_000;

type Age = "fresh" | "old" | "unconfirmed";

/**
 * How the age of an answer is to be read (money.md 3.4): old after twice the usual time of this page's own watching,
 * unconfirmed after two minutes. An order that waits for nothing has no age to worry about.
 */
function readAge(ageMs: number, watchedMs: number, { order, targetAgeMs }: OrderStatus): Age {
  if (order.isSettled) return "fresh";
  if (ageMs > limits.unconfirmedAfterMs) return "unconfirmed";
  return Math.min(ageMs, watchedMs) > 2 * targetAgeMs ? "old" : "fresh";
}

/** How old the shown answer is on the server's clock, when the gateway is asked next, and how many share its time. */
export function Freshness({ status }: { status: OrderStatus }) {
  const { asOf, nextCheckAt, watchers, isDone, serverNow, order } = status;
  const t = useTranslations("verdict");
  const nowMs = useServerNow(serverNow);
  const ageMs = asOf === null ? 0 : nowMs - Date.parse(asOf);
  const [openedMs] = useState(() => Date.parse(serverNow));
  const age = readAge(ageMs, nowMs - openedMs, status);
  const nextMs = nextCheckAt === null ? null : Date.parse(nextCheckAt) - nowMs;
  return (
    <span className={classes("grid gap-1", age === "old" && "opacity-75")}>
      <span>
        {asOf === null ? t("asking") : null}
        {asOf === null
          ? null
          : t.rich("asOf", { time: () => <ClockTime at={asOf} timeZone={order.timeZone} /> })}
        {ageMs >= ageShownFromMs ? ` · ${ageText(t, ageMs)}` : null}
      </span>
      {isDone || nextMs === null ? null : (
        <span>
          {nextMs < 1_000 ? t("checkNow") : t("nextCheck", { seconds: Math.ceil(nextMs / 1_000) })}
          {" · "}
          {t("watched", { count: Math.max(1, watchers) })}
        </span>
      )}
      {age === "fresh" ? null : (
        <span
          className={classes(
            "flex items-center gap-2 font-semibold",
            age === "unconfirmed" &&
              "w-fit rounded-lg border border-wait-border bg-wait-bg px-3 py-1 text-wait-text",
          )}
        >
          {age === "old" ? (
            <Hourglass aria-hidden className="size-5" />
          ) : (
            <TriangleAlert aria-hidden className="size-5" />
          )}
          {age === "old" ? t("old") : t("unconfirmed", { minutes: Math.floor(ageMs / 60_000) })}
        </span>
      )}
    </span>
  );
}

type Words = (key: "age" | "ageMinutes" | "ageHours", values: Record<string, number>) => string;

function ageText(t: Words, ageMs: number): string {
  const seconds = Math.floor(ageMs / 1_000);
  if (seconds < 120) return t("age", { seconds });
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? t("ageMinutes", { minutes }) : t("ageHours", { hours: Math.floor(minutes / 60) });
}
