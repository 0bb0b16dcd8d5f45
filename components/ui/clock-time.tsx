import { useLocale } from "next-intl";

type Props = { at: string; timeZone: string; withDate?: boolean };

const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
// A month in letters: 11/12 is another day in Taipei than in Bangkok.
const calendar = { year: "numeric", month: "short", day: "numeric" } as const;

/** An instant on the store's clock, to the second; machines read the instant itself. Day and time never break inside, only between them. */
export function ClockTime({ at, timeZone, withDate = false }: Props) {
  const locale = useLocale();
  const write = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...parts, timeZone }).format(new Date(at));
  return (
    <time dateTime={at} className="tabular-nums">
      {withDate ? (
        <>
          <span className="whitespace-nowrap">{write(calendar)}</span>{" "}
        </>
      ) : null}
      <span className="whitespace-nowrap">{write(clock)}</span>
    </time>
  );
}
