import { useLocale } from "next-intl";

type Props = { at: string; timeZone: string; withDate?: boolean };

/** An instant on the store's clock, to the second; machines read the instant itself. */
export function ClockTime({ at, timeZone, withDate = false }: Props) {
  const locale = useLocale();
  const text = new Intl.DateTimeFormat(locale, {
    ...(withDate ? { dateStyle: "short" } : {}),
    timeStyle: "medium",
    hourCycle: "h23",
    timeZone,
  }).format(new Date(at));
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {text}
    </time>
  );
}
