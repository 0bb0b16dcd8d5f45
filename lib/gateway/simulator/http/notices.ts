import { Refusal } from "../state/refusal.ts";

const replyMs = 5_000;
const replyCharsMax = 1_000;

/** Notices go to https anywhere, and to plain http on this machine only. */
export function isNotifyUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLocal);
}

export function checkedNotifyUrl(text: string): string {
  if (!isNotifyUrl(text))
    throw new Refusal(400, '"notifyUrl" must be an https URL, or an http URL on this machine.');
  return text;
}

/** Posts a notice; gives the beginning of the reply to an HTTP 200, null for anything else. */
export async function postNotice(
  url: string,
  { body, contentType, closing }: { body: string; contentType: string; closing: AbortSignal },
): Promise<string | null> {
  const reply = await fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": contentType },
    redirect: "manual",
    signal: AbortSignal.any([closing, AbortSignal.timeout(replyMs)]),
  }).catch(() => null);
  if (reply?.status !== 200) {
    await reply?.body?.cancel().catch(() => null);
    return null;
  }
  const text = await reply.text().catch(() => null);
  return text === null ? null : text.slice(0, replyCharsMax);
}
