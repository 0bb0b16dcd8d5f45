import "server-only";
import { randomBytes } from "node:crypto";
import { limits } from "#lib/domain/limits.ts";
import type { CallOptions } from "../gateway.ts";
import { sendOnce } from "../http.ts";
import { readUtf8 } from "../strict-json.ts";
import { toBangkokText } from "./bangkok-time.ts";
import type { KsherAccount } from "./config.ts";
import { type Asked, type Call, type Exchanged, judge, judgeSilence, settled } from "./judge.ts";
import { canonicalText, signText } from "./signature.ts";
import { readEnvelope } from "./wire.ts";
import { type Line, witnessOf } from "./witness.ts";

/** The form body of a call: its parameters as they stand, and the signature over them last (protocol 4.2). */
export function signedForm(
  params: Readonly<Record<string, string>>,
  key: KsherAccount["merchantKey"],
): string {
  return new URLSearchParams({ ...params, sign: signText(canonicalText(params), key) }).toString();
}

/** The common parameters (4.1): 14 digits of time, 32 fresh letters and digits, the language only if the account sets one. */
function commonParams({ account, now }: Line): Record<string, string> {
  return {
    appid: account.appId,
    nonce_str: randomBytes(16).toString("hex"),
    time_stamp: toBangkokText(now()),
    ...(account.lang === null ? {} : { lang: account.lang }),
  };
}

function addressOf({ endpoint }: Call, { account }: Line): URL {
  const isGatewayFamily = endpoint === "gateway_order_query" || endpoint === "cancel_order";
  const url = new URL(isGatewayFamily ? account.gatewayUrl : account.payUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${endpoint}`;
  return url;
}

/** The body of an HTTP answer and what is already known of it. */
type HttpAnswer = { readonly status: number; readonly body: Uint8Array; readonly isTls: boolean };

/** Reads and judges one HTTP answer; the part of a call without a network. Content types are not looked at (section 3). */
export function readAnswer(http: HttpAnswer, { call, line, witness }: Asked): Exchanged {
  const text = readUtf8(http.body);
  const seen = {
    httpStatus: http.status,
    tls: http.isTls,
    rawText: text ?? Buffer.from(http.body).toString("latin1"),
  };
  const broken = (why: "http-status" | "not-json" | "wrong-shape" | "missing-code") =>
    settled({ outcome: "broken", why, evidence: witness(seen) });
  if (http.status !== 200) return broken("http-status");
  const envelope = text === null ? "not-json" : readEnvelope(text);
  if (typeof envelope === "string") return broken(envelope);
  return judge(envelope, { call, line, witness: (more) => witness({ ...seen, ...more }) });
}

/**
 * One call from our parameters to a judged answer: sign, one send, signature, echo (protocol sections 3 to 5; money paper 2.4
 * step 7 and 2.5). Always POST, never repeated.
 */
export async function exchange(line: Line, call: Call, options: CallOptions): Promise<Exchanged> {
  const witness = witnessOf(line);
  const { account } = line;
  const sent = await sendOnce({
    url: addressOf(call, line),
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      ...(account.signVersion === "V2" ? { "ksher-sign-version": "V2" } : {}),
    },
    body: signedForm({ ...commonParams(line), ...call.params }, account.merchantKey),
    deadlineMs: options.deadlineMs,
    mayWrite: options.mayWrite,
    bodyBytesMax: limits.gatewayBodyBytesMax,
  });
  return sent.kind === "answer" ? readAnswer(sent, { call, line, witness }) : judgeSilence(sent, witness);
}
