import "server-only";
import { type KeyObject, verify } from "node:crypto";
import { z } from "zod";
import { amountMinorMax } from "#lib/domain/money.ts";
import type { NoticeVerdict } from "../gateway.ts";
import { readJson, readUtf8 } from "../strict-json.ts";
import type { Scan2PayAccount } from "./config.ts";
import { readBase64 } from "./envelope.ts";

/** Far above any notice; a signature is not looked for in more. */
const noticeBytesMax = 64 * 1_024;

const flatSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const noticeSchema = z.object({
  MchId: z.string(),
  Result: z.string(),
  StoreOrderNo: z.string().regex(/^[A-Za-z0-9_-]{1,20}$/),
  TotalFee: z.union([z.string(), z.number()]).nullish(),
});

type Members = Readonly<Record<string, string | number | boolean | null>>;

/** The raw text without its Sign member and one comma, untouched otherwise. Inside a value the quotes would be escaped, so this is the member itself. */
function cutSign(raw: string): string {
  return raw.replace(/,\s*"Sign"\s*:\s*"[^"]*"|"Sign"\s*:\s*"[^"]*"\s*,?/, "");
}

/** Gson's habit of writing HTML's special characters as escapes. */
function gsonEscaped(json: string): string {
  return json.replace(
    /[<>&='\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sorted(members: Members): Members {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every text the vendor's page lets the signature stand for: as received, or written anew (section 5, variants 1 to 4). */
function signedTexts(raw: string, members: Members): string[] {
  const asReceived = JSON.stringify(members);
  const inOrder = JSON.stringify(sorted(members));
  return [...new Set([cutSign(raw), asReceived, gsonEscaped(asReceived), inOrder, gsonEscaped(inOrder)])];
}

function amountOf(totalFee: string | number | null | undefined): number | null {
  const digits = String(totalFee ?? "");
  return /^\d{1,15}$/.test(digits) && Number(digits) <= amountMinorMax ? Number(digits) : null;
}

/** Reads the facts out of the very text whose signature held, so nothing unsigned slips in beside it. */
function readSigned(text: string, merchantId: string): NoticeVerdict {
  const notice = noticeSchema.safeParse(readJson(text));
  if (!notice.success) return { isGenuine: false, why: "wrong-shape" };
  const { MchId, Result, StoreOrderNo, TotalFee } = notice.data;
  if (MchId.trim() !== merchantId) return { isGenuine: false, why: "wrong-merchant" };
  return {
    isGenuine: true,
    orderNo: StoreOrderNo,
    isPaid: Result === "0000",
    amountMinor: amountOf(TotalFee),
  };
}

function isSignedBy(publicKey: KeyObject, text: string, signature: Buffer): boolean {
  return verify("sha256", Buffer.from(text, "utf8"), publicKey, signature);
}

/**
 * Verifies a payment notice (section 5): RSA PKCS#1 v1.5 with SHA-256 over the notice without its Sign. A genuine notice is a
 * hint to query the order, never a verdict: it can be replayed.
 */
export function verifyNotice(
  rawBody: Uint8Array,
  { publicKey, merchantId }: Pick<Scan2PayAccount, "publicKey" | "merchantId">,
): NoticeVerdict {
  const raw = rawBody.length > noticeBytesMax ? null : readUtf8(rawBody);
  const json = raw === null ? undefined : readJson(raw);
  if (raw === null || json === undefined) return { isGenuine: false, why: "not-json" };
  const flat = flatSchema.safeParse(json);
  if (!flat.success || typeof flat.data.Sign !== "string") return { isGenuine: false, why: "wrong-shape" };
  const { Sign, ...members } = flat.data;
  const signature = typeof Sign === "string" ? readBase64(Sign) : null;
  const signedText =
    signature === null
      ? undefined
      : signedTexts(raw, members).find((text) => isSignedBy(publicKey, text, signature));
  return signedText === undefined
    ? { isGenuine: false, why: "bad-signature" }
    : readSigned(signedText, merchantId);
}
