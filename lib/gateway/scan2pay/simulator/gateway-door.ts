import { randomBytes } from "node:crypto";
import { deliver, sendBody, wait, watchCall } from "#lib/gateway/simulator/http/delivery.ts";
import type { Visit } from "#lib/gateway/simulator/http/server.ts";
import { isJsonObject, type JsonObject } from "#lib/gateway/simulator/json.ts";
import { isLocked, noteArrival, noteEnd } from "#lib/gateway/simulator/state/arrivals.ts";
import { hasEffect, takeFault } from "#lib/gateway/simulator/state/faults.ts";
import { answerMessage } from "./answer-message.ts";
import { type OpenedRequest, openRequest, sealAnswer } from "./protocol/envelope.ts";
import { parseJsonObject } from "./protocol/json-text.ts";
import type { GatewayKeys } from "./protocol/keys.ts";
import { fromTaipeiStamp } from "./protocol/taipei-time.ts";
import { refuse, type ServiceAnswer, type ServiceCall } from "./services/answer.ts";
import { microPay, olPay } from "./services/create.ts";
import { orderQuery, singleOrderQuery, transactionQuery } from "./services/query.ts";
import { cancelOrder, refund } from "./services/refund.ts";
import { callFaults, type Fault } from "./state/faults.ts";
import { fitsPassword } from "./state/merchants.ts";
import type { World } from "./state/world.ts";

const services: Readonly<Record<string, (call: ServiceCall) => ServiceAnswer>> = {
  OLPay: olPay,
  Micropay: microPay,
  SingleOrderQuery: singleOrderQuery,
  OrderQuery: orderQuery,
  "OrderQuery1.1": transactionQuery,
  Refund: refund,
  CancelOrder: cancelOrder,
};

/** Section 4.8: the gateway has these, the simulator only knows their names. */
const namedOnly: readonly string[] = [
  ...["Payment", "InvoiceQuery", "DeviceQuery", "SignOn", "IdQuery", "BalanceQuery", "Settlement"],
  ...["EZCRefund", "EZCOrderQuery"],
];

export type Door = {
  world: World;
  keys: GatewayKeys;
  ivs: readonly string[];
  origin: string;
  /** Lets late money move and sends the notices that follow from it. */
  settle(): void;
  closing: AbortSignal;
};

type Header = { service: string; mchId: string; tradeKey: unknown; createTime: unknown };

function readHeader(message: JsonObject): Header | null {
  const header = message.Header;
  if (!isJsonObject(header)) return null;
  const { Method, MchId, TradeKey, CreateTime } = header;
  const isWhole = [Method, MchId, TradeKey, CreateTime].every(
    (value) => typeof value === "string" && value !== "",
  );
  const service = typeof header.ServiceType === "string" ? header.ServiceType : "";
  return isWhole ? { service, mchId: String(MchId), tradeKey: TradeKey, createTime: CreateTime } : null;
}

function readData(world: World, message: JsonObject): JsonObject | null {
  const { Data } = message;
  if (typeof Data === "string") return parseJsonObject(Data, world.settings.lenientJson);
  return world.settings.objectDataAccepted && isJsonObject(Data) ? Data : null;
}

/** Section 10's checks 2 to 4; null: the caller may go on to the service. */
function refusalAtDoor(world: World, header: Header | null, address: string): string | null {
  if (!header) return "8002";
  const createdAt = fromTaipeiStamp(String(header.createTime));
  if (createdAt === null) return "7124";
  const { clockSkewMaxMs, keyCase } = world.settings;
  if (clockSkewMaxMs > 0 && Math.abs(createdAt - world.clock.now()) > clockSkewMaxMs) return "7124";
  if (isLocked(world, address)) return "7145";
  const merchant = world.merchants.find(({ mchId }) => mchId === header.mchId);
  if (!merchant) return "7132";
  if (!merchant.enabled) return "7201";
  if (!fitsPassword(header.tradeKey, merchant.tradePassword, keyCase)) return "7105";
  if (header.service === "") return "7117";
  if (Object.hasOwn(services, header.service)) return null;
  return namedOnly.includes(header.service) ? "7200" : "7118";
}

/** Runs the service unless the fault forbids the effect; a wished code is the answer either way. */
function serve(call: ServiceCall, fault: Fault | undefined): ServiceAnswer {
  if (!hasEffect(fault)) return refuse(fault?.code ?? "9999");
  const said = services[call.service]?.({ ...call, ...(fault ? { fault } : {}) }) ?? refuse("7118");
  return fault?.kind === "code" ? refuse(fault.code ?? "9999") : said;
}

/** So that the notice of a late payment goes out in time although nobody asks. */
async function settleLater(door: Door, afterMs: number): Promise<void> {
  await wait(afterMs + 1, door.closing);
  if (!door.closing.aborted) door.settle();
}

/** The HTTP body: the sealed message, under a stranger's AES key where the fault says so. */
function answerBody(
  world: World,
  said: ServiceAnswer,
  to: { opened: OpenedRequest; named: { service: string; mchId: string }; fault: Fault | undefined },
): string {
  const { settings } = world;
  if (settings.bareErrors && said.code !== "0000") return said.code;
  const aesKey = to.fault?.kind === "wrong-key" ? randomBytes(16) : to.opened.aesKey;
  const message = answerMessage(world, said, { ...to.named, fault: to.fault?.kind });
  return sealAnswer(message, { ...to.opened, aesKey }, settings.responseStyle);
}

/** One call of the protocol, from the sealed envelope to the last byte. */
export async function answerCall(door: Door, visit: Visit): Promise<void> {
  const { world } = door;
  const { address, arrivedAt, answer } = visit;
  const { lenientJson } = world.settings;
  const opened = openRequest(visit.body, { keys: door.keys, ivs: door.ivs, lenientJson });
  const header = opened && readHeader(opened.message);
  const data = opened && readData(world, opened.message);
  const storeOrderNo = typeof data?.StoreOrderNo === "string" ? data.StoreOrderNo : null;
  const named = { service: header?.service ?? "", mchId: header?.mchId ?? "", storeOrderNo };
  const arrival = noteArrival(world, { ...named, address, arrivedAt });
  const over = watchCall(answer, door.closing, (isAborted) => {
    noteEnd(world, arrival, isAborted);
    world.saveSoon();
  });
  if (!opened) {
    arrival.code = "9995";
    return sendBody(answer, "9995");
  }
  const fault = takeFault(world.faults, callFaults, named);
  arrival.fault = fault?.kind ?? null;
  const delayMs = fault && fault.kind !== "pending-then-success" ? (fault.delayMs ?? 0) : 0;
  if (fault?.when === "before-effect") await wait(delayMs, door.closing);
  door.settle();
  const no = refusalAtDoor(world, header, address) ?? (data ? null : "8002");
  const merchant = world.merchants.find(({ mchId }) => mchId === header?.mchId);
  const said =
    no || !merchant || !data
      ? refuse(no ?? "7132")
      : serve({ world, merchant, data: { ...data }, service: named.service, origin: door.origin }, fault);
  arrival.code = said.code;
  world.save();
  if (said.code === "9997") void settleLater(door, fault?.delayMs ?? world.settings.pendingMs);
  if (fault?.when !== "before-effect") await wait(delayMs, over);
  const body = answerBody(world, said, { opened, named, fault });
  await deliver(answer, { body, fault, over });
}
