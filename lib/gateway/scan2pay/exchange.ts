import "server-only";
import { randomBytes } from "node:crypto";
import { limits } from "#lib/domain/limits.ts";
import type { CallOptions } from "../gateway.ts";
import { sendOnce } from "../http.ts";
import { openAnswer, sealRequest } from "./envelope.ts";
import { type Asked, type Call, type Exchanged, judge, judgeBare, judgeSilence, settled } from "./judge.ts";
import { toTaipeiText } from "./taipei-time.ts";
import { methodUnspecified } from "./wallets.ts";
import { readInner } from "./wire.ts";
import { type Line, witnessOf } from "./witness.ts";

function innerMessage({ service, data }: Call, { account, now }: Line): string {
  return JSON.stringify({
    Header: {
      Method: methodUnspecified,
      ServiceType: service,
      MchId: account.merchantId,
      TradeKey: account.tradeKey,
      CreateTime: toTaipeiText(now()),
    },
    Data: JSON.stringify(data),
  });
}

/** The body of an HTTP answer and what is already known of it. */
type HttpAnswer = { readonly status: number; readonly body: Buffer; readonly isTls: boolean };

/** Opens and judges one HTTP answer with the AES key of its request; the part of a call without a network. */
export function readAnswer(http: HttpAnswer, aesKey: Buffer, { call, line, witness }: Asked): Exchanged {
  const seen = { httpStatus: http.status, tls: http.isTls };
  const body = { ...seen, rawText: http.body.toString("utf8") };
  if (http.status !== 200) return settled({ outcome: "broken", why: "http-status", evidence: witness(body) });
  const answer = openAnswer(http.body, aesKey, line.account.iv);
  if (answer.kind === "bare-code")
    return judgeBare(answer.code, call, witness({ ...body, code: answer.code }));
  if (answer.kind === "broken")
    return settled({ outcome: "broken", why: answer.why, evidence: witness(body) });

  const opened = { ...seen, rawText: answer.text };
  const inner = readInner(answer.text);
  if (inner === "not-opened") return settled({ outcome: "broken", why: inner, evidence: witness(opened) });
  if (inner === "wrong-shape")
    return settled({ outcome: "broken", why: inner, evidence: witness({ ...opened, opened: true }) });
  return judge(inner, { call, line, witness: (more) => witness({ ...opened, opened: true, ...more }) });
}

/**
 * One call from our message to a judged answer: a fresh AES key, one send, open, echo, code (protocol sections 2, 3 and 7;
 * money paper 2.4 step 7 and 2.5). Never repeats. A refusal here is the gateway's claim.
 */
export async function exchange(line: Line, call: Call, options: CallOptions): Promise<Exchanged> {
  const witness = witnessOf(line);
  const aesKey = randomBytes(16);
  const sent = await sendOnce({
    url: line.account.url,
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: sealRequest(innerMessage(call, line), aesKey, line.account),
    deadlineMs: options.deadlineMs,
    mayWrite: options.mayWrite,
    bodyBytesMax: limits.gatewayBodyBytesMax,
  });
  return sent.kind === "answer"
    ? readAnswer(sent, aesKey, { call, line, witness })
    : judgeSilence(sent, witness);
}
