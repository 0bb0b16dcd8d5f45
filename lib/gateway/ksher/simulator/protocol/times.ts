const thaiOffsetMs = 7 * 3_600_000;
const envelopeOffsetMs = 8 * 3_600_000;

const iso = (atMs: number, offsetMs: number) => new Date(atMs + offsetMs).toISOString();

/** `yyyy-MM-dd HH:mm:ss` in UTC+7, as `time_end` and `refund_time` have it (section 11). */
export function thaiTime(atMs: number): string {
  return iso(atMs, thaiOffsetMs).slice(0, 19).replace("T", " ");
}

/** ISO 8601 with microseconds in UTC+8, as KsherPay envelopes have it (section 5). */
export function envelopeTime(atMs: number): string {
  return iso(atMs, envelopeOffsetMs).replace("Z", "000+08:00");
}

/** 16 digits: yyMMddHHmmss in UTC+7 and four more (6.2). */
export function payOrderNo(atMs: number, serial: number): string {
  const stamp = iso(atMs, thaiOffsetMs).replace(/\D/g, "").slice(2, 14);
  return stamp + String(serial % 10_000).padStart(4, "0");
}

/** 23 digits: prefix, yyyyMMddHHmmss in UTC+8 and six more (6.2). */
export function ksherNo(prefix: string, atMs: number, serial: number): string {
  const stamp = iso(atMs, envelopeOffsetMs).replace(/\D/g, "").slice(0, 14);
  return prefix + stamp + String(serial % 1_000_000).padStart(6, "0");
}
