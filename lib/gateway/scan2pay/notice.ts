import "server-only";
import { verify } from "node:crypto";
import { z } from "zod";
import type { NoticeVerdict } from "../gateway.ts";
import { readJson, readUtf8 } from "../strict-json.ts";
import type { Scan2PayAccount } from "./config.ts";
import { readBase64 } from "./envelope.ts";

const noticeSchema = z.looseObject({
  MchId: z.string(),
  Result: z.string(),
  StoreOrderNo: z.string().min(1),
  TotalFee: z.union([z.string(), z.number()]).nullish(),
  Sign: z.string(),
});

/** The five characters that the gateway's JSON writer escapes (protocol section 5). */
function gsonEscaped(json: string): string {
  return json.replace(/[=<>&']/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The texts that may have been signed (section 5): the body without Sign, and re-written in received and sorted order. */
function signedTexts(text: string, notice: Readonly<Record<string, unknown>>): string[] {
  const asReceived = text.replace(/"Sign"\s*:\s*"(?:[^"\\]|\\.)*"\s*,?/, "").replace(/,\s*}$/, "}");
  const members = Object.entries(notice).filter(([name]) => name !== "Sign");
  const rewritten = JSON.stringify(Object.fromEntries(members));
  const sorted = JSON.stringify(Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1))));
  return [asReceived, rewritten, gsonEscaped(rewritten), sorted, gsonEscaped(sorted)];
}

/**
 * Checks a payment notice (protocol section 5) with the gateway's public key. Genuine or not, it is never more than a hint
 * to query: the answer to that query decides.
 */
export function verifyScan2PayNotice(
  account: Pick<Scan2PayAccount, "merchantId" | "publicKey">,
  rawBody: Uint8Array,
): NoticeVerdict {
  const text = readUtf8(rawBody)?.trim();
  const json = text === undefined ? undefined : readJson(text);
  if (text === undefined || json === undefined) return { isGenuine: false, why: "not-json" };
  const read = noticeSchema.safeParse(json);
  if (!read.success) return { isGenuine: false, why: "wrong-shape" };
  const notice = read.data;
  const signature = readBase64(notice.Sign);
  const isSigned =
    signature !== null &&
    signedTexts(text, notice).some((signed) =>
      verify("sha256", Buffer.from(signed, "utf8"), account.publicKey, signature),
    );
  if (!isSigned) return { isGenuine: false, why: "bad-signature" };
  if (notice.MchId.trim() !== account.merchantId) return { isGenuine: false, why: "wrong-merchant" };
  const fee = String(notice.TotalFee ?? "");
  return {
    isGenuine: true,
    orderNo: notice.StoreOrderNo,
    isPaid: notice.Result === "0000",
    amountMinor: /^\d{1,12}$/.test(fee) ? Number(fee) : null,
  };
}
