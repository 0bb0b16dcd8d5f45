/** What a spreadsheet would read as a number, a date or a truth value: `00123`, `1E5`, `3-4`, `MAR1`, `TRUE`. */
const readAsSomethingElse = /^\d|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|^(?:true|false)$/i;

/**
 * A number of ours as a cell that a spreadsheet keeps letter for letter: where it would read something else, a tab stands
 * behind it (docs/adr/0016). The tab is never seen, and the search box and `trim` take it off.
 */
export function numberCell(no: string): string {
  return readAsSomethingElse.test(no) ? `${no}\t` : no;
}

/** Both forms of a zone; making one takes longer than using it a hundred times. */
const zones = new Map<string, { readonly time: Intl.DateTimeFormat; readonly offset: Intl.DateTimeFormat }>();
function formsOf(timeZone: string) {
  const known = zones.get(timeZone) ?? {
    time: new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone }),
    offset: new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }),
  };
  zones.set(timeZone, known);
  return known;
}

/** A moment in a store's zone, `2026-03-02 14:00:59`: spreadsheets read it as a time, and text sorts as time does. */
export function timeCell(at: string, timeZone: string): string {
  return formsOf(timeZone).time.format(new Date(at));
}

/** The zone of such a time, with how far it was from UTC at that moment: `Asia/Taipei (UTC+08:00)`. */
export function zoneCell(at: string, timeZone: string): string {
  const parts = formsOf(timeZone).offset.formatToParts(new Date(at));
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return `${timeZone} (${offset.replace("GMT", "UTC")})`;
}
