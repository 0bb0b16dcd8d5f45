/**
 * An instant in words of its own, as part of a sentence. Day and time are written apart: between the two, browsers and
 * servers do not put the same signs, and what both draw must be the same.
 */
export function dayAndMinute(at: Date, { locale, timeZone }: { locale: string; timeZone: string }): string {
  const day = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone });
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  return `${day.format(at)} ${new Intl.DateTimeFormat(locale, clock).format(at)}`;
}
