"use client";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { type RequestNow, useRequestNow } from "./use-request-now.ts";

type Props = { requestNo: string; initial: RequestNow; timeZone: string };

/** What happened to a request and to those it followed, in order, on the store's clock; it grows as things happen. */
export function RequestThread({ requestNo, initial, timeZone }: Props) {
  const t = useTranslations("requestThread");
  const deputy = useTranslations("deputy");
  const { thread } = useRequestNow(requestNo, initial).told;
  const hasMany = new Set(thread.map((event) => event.requestNo)).size > 1;
  return (
    <Card title={t("title")}>
      <ol className="grid gap-3 border-line border-l-2 pl-4">
        {thread.map(({ at, what, by, byFor, words, requestNo: no }) => (
          <li key={at + what}>
            <p className="flex flex-wrap gap-x-3">
              <span className="text-quiet">
                <ClockTime at={at} timeZone={timeZone} withDate />
              </span>
              <span className="font-medium">{t(what)}</span>
              {by ? <span>{byFor ? deputy("byFor", { name: by, away: byFor }) : by}</span> : null}
              {hasMany ? <span className="font-mono text-quiet">{no}</span> : null}
            </p>
            {words ? <p className="mt-1 border-wait-border border-l-4 pl-3">{words}</p> : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
