const taipeiOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** An instant as `yyyyMMddHHmmss` in Taiwan time, the only clock the protocol knows (section 3.1). */
export function toTaipeiStamp(atMs: number): string {
  return new Date(atMs + taipeiOffsetMs).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** `yyyyMMddHHmmss` to an instant, or null when it is not 14 digits or no real time (31 February, 25 o'clock). */
export function fromTaipeiStamp(stamp: string): number | null {
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  const atMs = Date.UTC(year, month - 1, day, hour, minute, second) - taipeiOffsetMs;
  return toTaipeiStamp(atMs) === stamp ? atMs : null;
}

/** The span of instants that a date field names: a whole day for 8 digits, one second for 14. */
export function fromTaipeiDate(text: string): { startMs: number; endMs: number } | null {
  const isDay = /^\d{8}$/.test(text);
  const startMs = fromTaipeiStamp(isDay ? `${text}000000` : text);
  return startMs === null ? null : { startMs, endMs: startMs + (isDay ? dayMs : 1_000) - 1 };
}
