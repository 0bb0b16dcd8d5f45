import "server-only";

/** Longest raw evidence of one answer, in bytes of UTF-8. */
export const evidenceBytesMax = 64 * 1024;
const messageLengthMax = 500;

/** Text that a database can hold: no NUL, no lone surrogate. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\ufffd");
}

/** A gateway's words for people, storable and at most 500 characters; null if there are none. */
export function evidenceMessage(text: string | null): string | null {
  const message = storableText(text ?? "").trim();
  return message === "" ? null : message.slice(0, messageLengthMax).toWellFormed();
}

/** An answer as evidence: every secret in it blotted out (in either case), storable, cut to `evidenceBytesMax`. */
export function evidenceText(text: string, secrets: readonly string[]): string {
  let shown = storableText(text);
  for (const secret of secrets)
    shown = shown.replaceAll(new RegExp(secret.replace(/\W/g, "\\$&"), "gi"), "[removed]");
  const bytes = Buffer.from(shown);
  if (bytes.length <= evidenceBytesMax) return shown;
  let end = evidenceBytesMax;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString("utf8", 0, end);
}
