import "server-only";
import { randomBytes } from "node:crypto";
import { limits } from "#lib/domain/limits.ts";
import { evidenceMessage, evidenceText } from "../evidence-text.ts";
import type { BrokenWhy, CallOptions, GatewayOutcome, NotSentWhy, WireEvidence } from "../gateway.ts";
import { type Sent, sendOnce } from "../http.ts";
import type { Scan2PayAccount } from "./config.ts";
import { openAnswer, sealRequest } from "./envelope.ts";
import { scan2payStatus } from "./status-codes.ts";
import { toTaipeiText } from "./taipei-time.ts";
import { methodUnspecified } from "./wallets.ts";
import { echoSchema, readInner, type WireHeader } from "./wire.ts";

export type ServiceType = "SingleOrderQuery" | "OrderQuery" | "OrderQuery1.1" | "Refund" | "CancelOrder";

/** One call: the service, its Data, and the numbers that its answer must repeat. */
export type Call = {
  readonly service: ServiceType;
  readonly data: Readonly<Record<string, string | number>>;
  readonly echo: { readonly orderNo?: string; readonly refundNo?: string };
};

/** What a good answer holds: its header and its still unread Data. */
export type Answer = { readonly header: WireHeader; readonly data: unknown };

export type Wire = { readonly account: Scan2PayAccount; readonly now: () => Date };

/** The inner message of a request (protocol 3.1). Members stand in the vendor's order. */
export function innerMessage({ account, now }: Wire, call: Pick<Call, "service" | "data">): string {
  return JSON.stringify({
    Header: {
      Method: methodUnspecified,
      ServiceType: call.service,
      MchId: account.merchantId,
      TradeKey: account.tradeKey,
      CreateTime: toTaipeiText(now()),
    },
    Data: JSON.stringify(call.data),
  });
}

type Seen = { evidence: WireEvidence };

/**
 * One call to Scan2Pay under a fresh key: `done` only for code 0000 in an envelope of our key whose header and numbers
 * repeat ours. Everything else is declined, unknown or broken as the code table and money paper 2.5 say. Never rejects.
 */
export async function callScan2Pay(
  wire: Wire,
  call: Call,
  options: CallOptions,
): Promise<GatewayOutcome<Answer>> {
  const { account, now } = wire;
  const aesKey = randomBytes(16);
  const startedAt = now();
  const { body } = sealRequest(innerMessage(wire, call), aesKey, account);
  const sent = await sendOnce({
    url: account.url,
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    deadlineMs: options.deadlineMs,
    mayWrite: options.mayWrite,
    bodyBytesMax: limits.gatewayBodyBytesMax,
  });
  const evidence = (part: Partial<WireEvidence>): Seen => ({
    evidence: {
      code: null,
      message: null,
      raw: null,
      httpStatus: sent.kind === "not-sent" ? null : sent.status,
      checks: { tls: sent.kind !== "not-sent" && sent.isTls, opened: false, echo: false },
      startedAt,
      endedAt: now(),
      ...part,
    },
  });
  return judge(wire, call, { sent, aesKey, evidence });
}

type Judging = { sent: Sent; aesKey: Buffer; evidence: (part: Partial<WireEvidence>) => Seen };

function judge({ account }: Wire, call: Call, { sent, aesKey, evidence }: Judging): GatewayOutcome<Answer> {
  if (sent.kind === "not-sent") return { outcome: "not-sent", why: sent.why, ...evidence({}) };
  if (sent.kind === "lost") {
    if (sent.why === "too-large" || sent.why === "encoded")
      return { outcome: "broken", why: "too-large", ...evidence({}) };
    return { outcome: "unknown", why: sent.why, ...evidence({}) };
  }
  const blot = (text: string) => evidenceText(text, [account.tradeKey, account.refundKey]);
  const broken = (why: BrokenWhy, part: Partial<WireEvidence>): GatewayOutcome<Answer> => ({
    outcome: "broken",
    why,
    ...evidence(part),
  });
  if (sent.status !== 200) return broken("http-status", { raw: blot(sent.body.toString("utf8")) });
  const opened = openAnswer(sent.body, aesKey, account.iv);
  if (opened.kind === "bare-code") return broken("bare-code", { code: opened.code, raw: opened.code });
  if (opened.kind === "broken") return broken(opened.why, { raw: blot(sent.body.toString("utf8")) });
  const raw = blot(opened.text);
  const checks = (echo: boolean) => ({ tls: sent.isTls, opened: true, echo });
  const inner = readInner(opened.text);
  if (typeof inner === "string") return broken(inner, { raw, checks: { ...checks(false), opened: false } });
  const { header, data } = inner;
  const said = { code: header.StatusCode, message: evidenceMessage(header.StatusDesc), raw };
  if (header.StatusCode === null) return broken("missing-code", { ...said, checks: checks(false) });
  if (!isEcho(account, call, inner)) return broken("wrong-echo", { ...said, checks: checks(false) });
  const { verdict } = scan2payStatus(header.StatusCode);
  const seen = evidence({ ...said, checks: checks(true) });
  if (verdict.kind === "done") return { outcome: "done", value: { header, data }, ...seen };
  if (verdict.kind === "declined") return { outcome: "declined", reason: verdict.reason, ...seen };
  return { outcome: "unknown", why: verdict.why, ...seen };
}

/** The header must name us and our service. A good answer must repeat our numbers; a refusal may be silent, never different. */
function isEcho(account: Scan2PayAccount, call: Call, { header, data }: Answer): boolean {
  if (header.MchId !== account.merchantId || header.ServiceType !== call.service) return false;
  const numbers = echoSchema.safeParse(data);
  const { orderNo, refundNo } = call.echo;
  const isGood = header.StatusCode === "0000";
  const fits = (ours: string | undefined, theirs: string | null | undefined) =>
    ours === undefined || theirs === ours || (!isGood && (theirs === null || theirs === undefined));
  if (!numbers.success) return !isGood || (orderNo === undefined && refundNo === undefined);
  return fits(orderNo, numbers.data.StoreOrderNo) && fits(refundNo, numbers.data.StoreRefundNo);
}

/** A refusal of our own, before any connection. */
export function notSent(why: NotSentWhy, at: Date): GatewayOutcome<never> {
  const checks = { tls: false, opened: false, echo: false };
  return {
    outcome: "not-sent",
    why,
    evidence: { code: null, message: null, raw: null, httpStatus: null, checks, startedAt: at, endedAt: at },
  };
}

/** Reads a good answer's Data; what does not fit is broken, never done. */
export function readDone<T>(
  outcome: GatewayOutcome<Answer>,
  read: (answer: Answer) => T | null,
): GatewayOutcome<T> {
  if (outcome.outcome !== "done") return outcome;
  const value = read(outcome.value);
  return value === null
    ? { outcome: "broken", why: "wrong-shape", evidence: outcome.evidence }
    : { ...outcome, value };
}
