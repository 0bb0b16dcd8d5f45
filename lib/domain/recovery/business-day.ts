import { onClock } from "../zone-clock.ts";

/** A store's business day: its date, and the instants at which it begins and ends (`from` ≤ instant < `to`). */
export type BusinessDay = { readonly day: string; readonly from: Date; readonly to: Date };

type Store = { readonly timeZone: string; readonly dayCutAt: string };

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The instant at which a zone's clock shows this date and time. */
function instantOf(day: string, clock: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T${clock}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = onClock(new Date(guess), timeZone);
    guess += wanted - (Date.parse(`${shown.day}T00:00:00Z`) + shown.minutes * 60_000);
  }
  return new Date(guess);
}

/** The business day with this date: it begins at the store's cut and ends at the next day's (screens.md 51). */
export function businessDay(day: string, { timeZone, dayCutAt }: Store): BusinessDay {
  return {
    day,
    from: instantOf(day, dayCutAt, timeZone),
    to: instantOf(dayAfter(day, 1), dayCutAt, timeZone),
  };
}

/** The last business day that is over at `now`. */
export function lastClosedDay(now: Date, store: Store): BusinessDay {
  const shown = onClock(now, store.timeZone);
  const isBeforeCut = shown.minutes < minutesOf(store.dayCutAt);
  return businessDay(dayAfter(shown.day, isBeforeCut ? -2 : -1), store);
}

/** Hours of the store's clock in which an account sends nothing; both null: none. They may pass midnight. */
export type QuietHours = { readonly quietFrom: string | null; readonly quietTo: string | null };

/** When the quiet hour that `now` lies in ends; null: it is not quiet (scenario 31). */
export function quietHourUntil(now: Date, timeZone: string, { quietFrom, quietTo }: QuietHours): Date | null {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return null;
  const { day, minutes } = onClock(now, timeZone);
  const [from, to] = [minutesOf(quietFrom), minutesOf(quietTo)];
  const isQuiet = from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  if (!isQuiet) return null;
  return instantOf(minutes < to ? day : dayAfter(day, 1), quietTo, timeZone);
}
