import "server-only";
import type { NoticeVerdict } from "../gateway.ts";
import { readUtf8 } from "../strict-json.ts";
import type { KsherAccount } from "./config.ts";
import { isSigned } from "./signature.ts";
import { dataSchema, type Envelope, noticeSchema, readEnvelope } from "./wire.ts";

/** Far above any notice; a signature is not looked for in more. */
const noticeBytesMax = 64 * 1_024;

/** The text under URL encoding, as the vendor's own PHP receiver expects it (section 10); null if it is none. */
function urlDecoded(raw: string): string | null {
  try {
    return decodeURIComponent(raw.replaceAll("+", " "));
  } catch {
    return null;
  }
}

/** The raw text is read first; only if that is no JSON, what it may be the URL encoding of. */
function readNotice(raw: string): Envelope | "not-json" | "wrong-shape" {
  const plain = readEnvelope(raw);
  const read = plain === "not-json" ? readEnvelope(urlDecoded(raw) ?? "") : plain;
  return read === "missing-code" ? "wrong-shape" : read;
}

/**
 * Verifies a payment notice (section 10). It is a hint to query the order, never a verdict: a V1 signature is an integrity
 * check and no proof of origin (4.6), and a notice can be replayed.
 */
export function verifyNotice(
  rawBody: Uint8Array,
  { platformKey, noticeKey, appId }: Pick<KsherAccount, "platformKey" | "noticeKey" | "appId">,
): NoticeVerdict {
  const raw = rawBody.length > noticeBytesMax ? null : readUtf8(rawBody);
  const envelope = raw === null ? "not-json" : readNotice(raw);
  if (typeof envelope === "string") return { isGenuine: false, why: envelope };
  const members = dataSchema.safeParse(envelope.data);
  if (envelope.code !== 0 || !members.success) return { isGenuine: false, why: "wrong-shape" };
  const keys = noticeKey === null ? [platformKey] : [platformKey, noticeKey];
  if (!isSigned(members.data, envelope.sign, { keys, endpoint: "notice" }))
    return { isGenuine: false, why: "bad-signature" };
  const notice = noticeSchema.safeParse(members.data);
  if (!notice.success) return { isGenuine: false, why: "wrong-shape" };
  const { appid, mch_order_no, result, total_fee } = notice.data;
  if (appid !== appId) return { isGenuine: false, why: "wrong-merchant" };
  return { isGenuine: true, orderNo: mch_order_no, isPaid: result === "SUCCESS", amountMinor: total_fee };
}
