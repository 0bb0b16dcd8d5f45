import "server-only";
import { assertNever } from "#lib/domain/result.ts";
import type { GatewayOutcome, WireEvidence } from "../gateway.ts";
import type { Sent } from "../http.ts";
import { isSigned } from "./signature.ts";
import { type Endpoint, ksherCode } from "./status-codes.ts";
import { dataSchema, type Envelope, headSchema } from "./wire.ts";
import type { Line, Witness } from "./witness.ts";

type Members = Readonly<Record<string, string>>;

/** One call: where to, what is asked, and what a success must name. */
export type Call = {
  readonly endpoint: Endpoint;
  /** Sent and signed as they stand; the common parameters come on top. */
  readonly params: Members;
  readonly echo: {
    /** Each has to be there, the same. */
    readonly all: Members;
    /** At least one has to be there, and none may differ: Ksher has three numbers for one order. */
    readonly any: Members;
  };
};

/** A signed answer that is ours, its result still to be read, or an outcome that needs no reading. */
export type Exchanged =
  | {
      readonly kind: "answered";
      readonly result: string;
      /** The gateway's code and words for what went wrong, verbatim. */
      readonly words: string;
      readonly data: Readonly<Record<string, unknown>>;
      readonly evidence: WireEvidence;
    }
  | { readonly kind: "settled"; readonly outcome: GatewayOutcome<never> };

/** What was asked, by whom, and who writes the evidence down. */
export type Asked = { readonly call: Call; readonly line: Line; readonly witness: Witness };

/** An outcome that needs no reading of data. */
export function settled(outcome: GatewayOutcome<never>): Exchanged {
  return { kind: "settled", outcome };
}

/** A member as text, whatever its type (section 12, row 15); null if it is not told. */
function memberText(data: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  return value === undefined || value === "" ? null : String(value);
}

/**
 * True if the data names our appid and our numbers. An answer that something failed may leave them out, but may not
 * contradict.
 */
export function isOurs(
  data: Readonly<Record<string, unknown>>,
  { echo }: Pick<Call, "echo">,
  { appId, mayBeSilent }: { readonly appId: string; readonly mayBeSilent: boolean },
): boolean {
  const names = (ours: string, name: string) => memberText(data, name) === ours;
  const contradicts = (ours: string, name: string) => !names(ours, name) && memberText(data, name) !== null;
  const all = Object.entries({ appid: appId, ...echo.all });
  const any = Object.entries(echo.any);
  if ([...all, ...any].some(([name, ours]) => contradicts(ours, name))) return false;
  if (mayBeSilent) return true;
  const isNamed = any.length === 0 || any.some(([name, ours]) => names(ours, name));
  return isNamed && all.every(([name, ours]) => names(ours, name));
}

/** Results that tell of trouble rather than of our order; their data may be short. */
const mayBeShort: ReadonlySet<string> = new Set(["FAIL", "FAILURE", "NOTSURE"]);

function judgeSigned(data: Readonly<Record<string, unknown>>, { call, line, witness }: Asked): Exchanged {
  const head = headSchema.safeParse(data);
  if (!head.success)
    return settled({ outcome: "broken", why: "wrong-shape", evidence: witness({ opened: true }) });
  const { result, err_code, err_msg } = head.data;
  const mayBeSilent = mayBeShort.has(result) && err_code !== null;
  const echo = isOurs(data, call, { appId: line.account.appId, mayBeSilent });
  const told = { code: err_code === null ? result : `${result} ${err_code}`, opened: true, echo };
  const evidence = witness(err_msg === null ? told : { ...told, message: err_msg });
  if (!echo) return settled({ outcome: "broken", why: "wrong-echo", evidence });
  return { kind: "answered", result, words: `${err_code ?? ""} ${err_msg ?? ""}`.trim(), data, evidence };
}

/** The cancel's answer is unsigned text, as documented, or a signed object; either way the call was taken and no more (6.3). */
function judgeTaken(evidence: WireEvidence): Exchanged {
  return settled({ outcome: "unknown", why: "gateway-pending", evidence });
}

/**
 * Judges an answer in the order of protocol section 5: code, signature, whose it is; what happened is the service's to read.
 * A bad or missing signature leaves us not knowing, whatever the data says.
 */
export function judge({ code, message, data, sign }: Envelope, asked: Asked): Exchanged {
  const { call, line } = asked;
  const witness: Witness = (seen) => asked.witness({ code: String(code), message, ...seen });
  if (code !== 0) {
    const verdict = ksherCode(call.endpoint, code);
    const evidence = witness({});
    return verdict.kind === "declined"
      ? settled({ outcome: "declined", reason: verdict.reason, evidence })
      : settled({ outcome: "unknown", why: verdict.why, evidence });
  }
  const members = dataSchema.safeParse(data);
  const isCancel = call.endpoint === "cancel_order";
  if (!members.success) {
    return isCancel && !Array.isArray(data)
      ? judgeTaken(witness({}))
      : settled({ outcome: "broken", why: "wrong-shape", evidence: witness({}) });
  }
  const keys = [line.account.platformKey];
  if (!isSigned(members.data, sign, { keys, endpoint: call.endpoint }))
    return settled({ outcome: "broken", why: "bad-signature", evidence: witness({}) });
  if (!isCancel) return judgeSigned(members.data, { ...asked, witness });
  const echo = isOurs(members.data, call, { appId: line.account.appId, mayBeSilent: true });
  const evidence = witness({ opened: true, echo });
  return echo ? judgeTaken(evidence) : settled({ outcome: "broken", why: "wrong-echo", evidence });
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

/** The outcome of an answer whose data cannot be read. */
export function wrongShape(evidence: WireEvidence): GatewayOutcome<never> {
  return { outcome: "broken", why: "wrong-shape", evidence };
}
