import "server-only";

const offsetMs = 8 * 60 * 60 * 1_000;

/** `yyyyMMddHHmmss` in Taiwan time, which is UTC+8 all year (protocol 3.1). */
export function toTaipeiText(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** Reads `yyyyMMddHHmmss` in Taiwan time; null for anything that is not a moment of the calendar. */
export function fromTaipeiText(text: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  const at = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second) - offsetMs);
  return toTaipeiText(at) === text ? at : null;
}
