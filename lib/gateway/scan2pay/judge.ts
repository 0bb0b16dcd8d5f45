import "server-only";
import { assertNever } from "#lib/domain/result.ts";
import type { DeclineReason, GatewayOutcome, WireEvidence } from "../gateway.ts";
import type { Sent } from "../http.ts";
import type { Scan2PayAccount } from "./config.ts";
import { scan2payStatus } from "./status-codes.ts";
import { methodUnspecified } from "./wallets.ts";
import { echoSchema, type Inner } from "./wire.ts";
import type { Line, Witness } from "./witness.ts";

export type Service = "SingleOrderQuery" | "OrderQuery" | "OrderQuery1.1" | "Refund" | "CancelOrder";

/** One call: what is asked, and which of our numbers a success must name. */
export type Call = {
  readonly service: Service;
  /** Serialised in this order. */
  readonly data: Readonly<Record<string, string | number>>;
  readonly echo: { readonly StoreOrderNo?: string; readonly StoreRefundNo?: string };
  /** Refund and CancelOrder: nothing outside the envelope decides about them. */
  readonly movesMoney: boolean;
};

/** An executed call (0000, opened, echo right) whose Data is still to be read, or an outcome that needs no reading. */
export type Exchanged =
  | {
      readonly kind: "executed";
      readonly method: string | null;
      readonly data: unknown;
      readonly evidence: WireEvidence;
    }
  | { readonly kind: "settled"; readonly outcome: GatewayOutcome<never> };

/** What was asked, by whom, and who writes the evidence down. */
export type Asked = { readonly call: Call; readonly line: Line; readonly witness: Witness };

/** An outcome that needs no reading of Data. */
export function settled(outcome: GatewayOutcome<never>): Exchanged {
  return { kind: "settled", outcome };
}

/**
 * True if the header names our service and merchant and Data names our numbers. A refusal's Data may be empty, but may not
 * contradict. A merchant id may carry a trailing blank (section 5).
 */
function isOurs({ header, data }: Inner, call: Call, account: Scan2PayAccount): boolean {
  if (header.ServiceType !== call.service || header.MchId?.trim() !== account.merchantId) return false;
  const mayBeSilent = header.StatusCode !== "0000";
  const echo = echoSchema.safeParse(data);
  return Object.entries(call.echo).every(([name, ours]) => {
    const theirs = echo.success ? echo.data[name as keyof Call["echo"]] : null;
    return theirs === ours || (theirs === null && mayBeSilent);
  });
}

/** Judges an opened answer: is it ours, and what does its code say. */
export function judge(inner: Inner, { call, line, witness }: Asked): Exchanged {
  const { StatusCode: code, StatusDesc: message, Method: method } = inner.header;
  const echo = isOurs(inner, call, line.account);
  const evidence = witness({ code, message, echo });
  if (!echo) return settled({ outcome: "broken", why: "wrong-echo", evidence });
  if (code === null) return settled({ outcome: "broken", why: "missing-code", evidence });
  const { verdict } = scan2payStatus(code);
  if (verdict.kind === "declined") return settled({ outcome: "declined", reason: verdict.reason, evidence });
  if (verdict.kind === "unknown") return settled({ outcome: "unknown", why: verdict.why, evidence });
  return {
    kind: "executed",
    method: method === methodUnspecified ? null : method,
    data: inner.data,
    evidence,
  };
}

/** The reasons that speak of the account and not of an order. */
const aboutAccess: ReadonlySet<DeclineReason> = new Set<DeclineReason>([
  "credentials",
  "locked-out",
  "configuration",
]);

/**
 * A code outside any envelope. Nothing proves that it answers *this* request, so it decides nothing about money and nothing
 * about an order; it may still say why a query gets no answer (trouble, wrong key, locked address).
 */
export function judgeBare(code: string, { movesMoney }: Call, evidence: WireEvidence): Exchanged {
  const { verdict } = scan2payStatus(code);
  if (!movesMoney && verdict.kind === "unknown" && verdict.why !== "unknown-code") {
    return settled({ outcome: "unknown", why: verdict.why, evidence });
  }
  if (!movesMoney && verdict.kind === "declined" && aboutAccess.has(verdict.reason)) {
    return settled({ outcome: "declined", reason: verdict.reason, evidence });
  }
  return settled({ outcome: "broken", why: "bare-code", evidence });
}

/** What a send without a readable answer means. */
export function judgeSilence(sent: Exclude<Sent, { kind: "answer" }>, witness: Witness): Exchanged {
  if (sent.kind === "not-sent") return settled({ outcome: "not-sent", why: sent.why, evidence: witness({}) });
  const evidence = witness({ httpStatus: sent.status, tls: sent.isTls });
  const { why } = sent;
  switch (why) {
    case "timeout":
    case "connection-lost":
      return settled({ outcome: "unknown", why, evidence });
    case "too-large":
      return settled({ outcome: "broken", why: "too-large", evidence });
    case "encoded":
      return settled({ outcome: "broken", why: "not-opened", evidence });
    default:
      return assertNever(why);
  }
}

/** The outcome of an executed call whose Data cannot be read. */
export function wrongShape(evidence: WireEvidence): GatewayOutcome<never> {
  return { outcome: "broken", why: "wrong-shape", evidence };
}
