import "server-only";

const offsetMs = 7 * 60 * 60 * 1_000;

/** `yyyyMMddHHmmss` in Thai time, which is UTC+7 all year: the 14 digits of `time_stamp` (protocol 4.1; the zone is not documented). */
export function toBangkokText(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** Reads `yyyy-MM-dd HH:mm:ss` in Thai time (protocol section 11); null for anything that is not a moment of the calendar. */
export function fromBangkokText(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
  const at = new Date(Date.parse(`${text.replace(" ", "T")}Z`) - offsetMs);
  return !Number.isNaN(at.getTime()) && toBangkokText(at) === text.replace(/\D/g, "") ? at : null;
}
