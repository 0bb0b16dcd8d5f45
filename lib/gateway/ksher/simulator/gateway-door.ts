import { deliver, wait, watchCall } from "#lib/gateway/simulator/http/delivery.ts";
import type { Visit } from "#lib/gateway/simulator/http/server.ts";
import { isLocked, noteArrival, noteEnd } from "#lib/gateway/simulator/state/arrivals.ts";
import { hasEffect, takeFault } from "#lib/gateway/simulator/state/faults.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { answerBody } from "./answer-body.ts";
import { requestCanonical } from "./protocol/canonical.ts";
import { readParams } from "./protocol/form.ts";
import { isSignedBy } from "./protocol/rsa.ts";
import { refuse, type ServiceAnswer } from "./services/answer.ts";
import { orderOf, serviceAt } from "./services/catalogue.ts";
import { callFaults, type Fault } from "./state/faults.ts";
import type { Merchant } from "./state/merchants.ts";
import type { World } from "./state/world.ts";

export type Door = {
  world: World;
  origin: string;
  closing: AbortSignal;
  /** Lets late money move, sends the notices that are due and wakes up for the next. */
  settle(): void;
};

type Params = { readonly [name: string]: string };
type Call = {
  readonly service: NonNullable<ReturnType<typeof serviceAt>>;
  readonly params: Params;
  readonly canonical: string;
};

/** Section 13's order: the merchant, then the signature. Null: the call may go on. */
function refusalAtDoor(world: World, merchant: Merchant | undefined, call: Call): ServiceAnswer | null {
  // The KsherPay family has one code for both (ASSUMED).
  const badSignature = refuse(call.service.family === "gateway" ? -2 : -1);
  if (!merchant?.enabled) return refuse(-1);
  const { params, canonical } = call;
  const { acceptSha1 } = world.settings;
  const signed = { text: canonical, hex: params.sign ?? "", acceptSha1 };
  if (!isSignedBy(merchant.publicKeyPem, signed)) return badSignature;
  return isFresh(world, merchant.mchId, params) ? null : badSignature;
}

/** 4.1: what the live service takes, or, where the settings are strict, what its paper says. */
function isFresh({ settings, nonces }: World, mchId: string, params: Params): boolean {
  const { nonce_str = "", time_stamp = "" } = params;
  const isText = (text: string, lengthMax: number) => text.length >= 1 && text.length <= lengthMax;
  if (!settings.strictNonce) return isText(nonce_str, 64) && isText(time_stamp, 256);
  const key = `${mchId} ${nonce_str}`;
  if (!isText(nonce_str, 32) || !/^\d{14}$/.test(time_stamp) || nonces.has(key)) return false;
  nonces.add(key);
  return true;
}

function serve(door: Door, call: Call, fault: Fault | undefined): ServiceAnswer {
  const { world, origin } = door;
  const { service, params } = call;
  const merchant = world.merchants.find(({ mchId }) => mchId === params.appid);
  const refusal = refusalAtDoor(world, merchant, call);
  if (refusal || !merchant) return refusal ?? refuse(-1);
  if (!hasEffect(fault)) return refuse(Number(fault?.code ?? -6));
  const order = orderOf(world, service.family, params);
  return service.run({ world, merchant, params, order, origin, fault });
}

/** What the arrival log shows of an answer. */
function codeOf({ code, data }: ServiceAnswer): string {
  const result = typeof data === "object" ? data.result : undefined;
  return typeof result === "string" ? `${code} ${result}` : String(code);
}

function readCall({ method, url, body, headers }: Visit): Call | null {
  const service = serviceAt(url.pathname);
  if (!service) return null;
  if (method !== "GET" && method !== "POST") throw new Refusal(405, "GET and POST only.");
  const contentType = headers["content-type"];
  const params = readParams({ method, query: url.searchParams, body, contentType });
  return { service, params, canonical: requestCanonical(params) };
}

/** A call of the protocol; null: the path is none of its. */
export function answerProtocol(door: Door, visit: Visit): Promise<void> | null {
  const call = readCall(visit);
  return call && answerCall(door, visit, call);
}

/** One call, from its parameters to the last byte. */
async function answerCall(door: Door, visit: Visit, call: Call): Promise<void> {
  const { world } = door;
  const { answer, address, arrivedAt } = visit;
  const { service, params, canonical } = call;
  const storeOrderNo = orderOf(world, service.family, params)?.storeOrderNo ?? params.mch_order_no ?? null;
  const named = { service: service.name, mchId: params.appid ?? "", storeOrderNo };
  const arrival = noteArrival(world, { ...named, address, arrivedAt, canonical });
  const over = watchCall(answer, door.closing, (isAborted) => {
    noteEnd(world, arrival, isAborted);
    world.saveSoon();
  });
  if (isLocked(world, address)) {
    arrival.code = "429";
    answer.writeHead(429, { "content-type": "text/html" }).end("<html>too many requests</html>");
    return;
  }
  const fault = takeFault(world.faults, callFaults, named);
  arrival.fault = fault?.kind ?? null;
  const delayMs = fault && fault.kind !== "pending-then-success" ? (fault.delayMs ?? 0) : 0;
  if (fault?.when === "before-effect") await wait(delayMs, door.closing);
  door.settle();
  const said = serve(door, call, fault);
  arrival.code = codeOf(said);
  world.save();
  door.settle();
  if (fault?.when !== "before-effect") await wait(delayMs, over);
  const version = visit.headers["ksher-sign-version"] === "V2" ? "V2" : "V1";
  const body = answerBody(world, said, { family: service.family, version, fault });
  await deliver(answer, { body, fault, over });
}
