import { useTranslations } from "next-intl";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { card, classes, partTitle } from "#components/ui/styles.ts";

type Props = {
  /** `what` is a message key under `timeline`, `at` ISO text, `no` the number of the request or operation. */
  events: readonly { at: string; what: string; no: string }[];
  timeZone: string;
};

/** What happened to the order, in order, on the store's clock. */
export function Timeline({ events, timeZone }: Props) {
  const t = useTranslations("timeline");
  return (
    <section className={card}>
      <h2 id="timeline" className={classes(partTitle, "mb-3")}>
        {t("title")}
      </h2>
      <ol aria-labelledby="timeline" className="grid gap-2 border-line border-l-2 pl-4">
        {events.map(({ at, what, no }) => (
          <li key={at + what + no} className="flex flex-wrap gap-x-3">
            <span className="text-quiet">
              <ClockTime at={at} timeZone={timeZone} withDate />
            </span>
            {t(what)}
            <span className="font-mono text-quiet">{no}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
