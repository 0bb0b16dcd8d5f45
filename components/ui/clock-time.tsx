import { useLocale } from "next-intl";

type Props = { at: string; timeZone: string; withDate?: boolean };

/** An instant on the store's clock, to the second; machines read the instant itself. */
export function ClockTime({ at, timeZone, withDate = false }: Props) {
  const locale = useLocale();
  const text = new Intl.DateTimeFormat(locale, {
    // A month in letters: 11/12 is another day in Taipei than in Bangkok.
    ...(withDate ? { year: "numeric", month: "short", day: "numeric" } : {}),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(new Date(at));
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {text}
    </time>
  );
}
