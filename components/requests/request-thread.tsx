import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";

type Event = { at: string; what: string; by: string | null; words: string | null; requestNo: string };

/** What happened to a request and to those it followed, in order, on the store's clock. */
export function RequestThread({ events, timeZone }: { events: readonly Event[]; timeZone: string }) {
  const t = useTranslations("requestThread");
  const hasMany = new Set(events.map(({ requestNo }) => requestNo)).size > 1;
  return (
    <Card title={t("title")}>
      <ol className="grid gap-3 border-line border-l-2 pl-4">
        {events.map(({ at, what, by, words, requestNo }) => (
          <li key={at + what}>
            <p className="flex flex-wrap gap-x-3">
              <span className="text-quiet">
                <ClockTime at={at} timeZone={timeZone} withDate />
              </span>
              <span className="font-medium">{t(what)}</span>
              {by ? <span>{by}</span> : null}
              {hasMany ? <span className="font-mono text-quiet">{requestNo}</span> : null}
            </p>
            {words ? <p className="mt-1 border-wait-border border-l-4 pl-3">{words}</p> : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
