import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type OpenedRequest, openRequest, sealAnswer } from "./protocol/envelope.ts";
import { isJsonObject, type JsonObject, parseJsonObject } from "./protocol/json-text.ts";
import type { GatewayKeys } from "./protocol/keys.ts";
import { unspecifiedMethod } from "./protocol/methods.ts";
import { describeStatus } from "./protocol/status-codes.ts";
import { fromTaipeiStamp, toTaipeiStamp } from "./protocol/taipei-time.ts";
import { refuse, type ServiceAnswer, type ServiceCall } from "./services/answer.ts";
import { microPay, olPay } from "./services/create.ts";
import { orderQuery, singleOrderQuery, transactionQuery } from "./services/query.ts";
import { cancelOrder, refund, settleRunning } from "./services/refund.ts";
import type { Arrival } from "./state/arrival.ts";
import { isLocked, noteArrival, noteEnd } from "./state/arrivals.ts";
import { fitsPassword } from "./state/merchants.ts";
import type { Fault, World } from "./state/world.ts";

const services: Readonly<Record<string, (call: ServiceCall) => ServiceAnswer>> = {
  OLPay: olPay,
  Micropay: microPay,
  SingleOrderQuery: singleOrderQuery,
  OrderQuery: orderQuery,
  "OrderQuery1.1": transactionQuery,
  Refund: refund,
  CancelOrder: cancelOrder,
};

export type Door = { world: World; keys: GatewayKeys; ivs: readonly string[]; origin: string };

type Header = { service: string; mchId: string; tradeKey: unknown; createTime: unknown };

const contentType = { "content-type": "application/json;charset=UTF-8" };

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
  return Object.hasOwn(services, header.service) ? null : "7118";
}

function takeFault(
  world: World,
  call: { service: string; mchId: string; storeOrderNo: string | null },
): Fault | undefined {
  const fits = (wanted: string | undefined, is: string | null) => wanted === undefined || wanted === is;
  const fault = world.faults.find(
    (one) =>
      fits(one.service, call.service) &&
      fits(one.mchId, call.mchId) &&
      fits(one.storeOrderNo, call.storeOrderNo),
  );
  if (fault && --fault.times <= 0) world.faults.splice(world.faults.indexOf(fault), 1);
  return fault;
}

/** Runs the service unless the fault forbids the effect; faults of outcome bend the settings for this one call. */
function serve(call: ServiceCall, fault: Fault | undefined): ServiceAnswer {
  if (fault?.kind === "code") return refuse(fault.code ?? "9999");
  const run = services[call.service];
  if (!run) return refuse("7118");
  const before = call.world.settings;
  const kind = fault?.kind;
  if (kind === "pending-then-success" || kind === "refund-fail")
    call.world.settings = { ...before, refundOutcome: kind };
  try {
    return run(call);
  } finally {
    call.world.settings = before;
  }
}

function message(door: Door, header: Header | null, answer: ServiceAnswer): Record<string, unknown> {
  const { settings, clock } = door.world;
  const isBareQuery = header?.service === "OrderQuery" && !settings.orderQueryResponseTime;
  const emptyData = { object: {}, null: null, "empty-string": "", missing: undefined }[settings.errorData];
  const data = answer.data ?? emptyData;
  return {
    Header: {
      StatusCode: answer.code,
      StatusDesc: describeStatus(answer.code, settings.statusLanguage),
      Method: answer.method ?? unspecifiedMethod,
      ServiceType: header?.service ?? "",
      MchId: header?.mchId ?? "",
      ...(isBareQuery ? {} : { ResponseTime: toTaipeiStamp(clock.now()) }),
    },
    Data: settings.dataForm === "string" && data !== undefined ? JSON.stringify(data) : data,
  };
}

/** What leaves the door: the sealed answer, or what the fault makes of it. Null: the connection is broken off. */
function bentBody(
  door: Door,
  opened: OpenedRequest,
  whole: Record<string, unknown>,
  fault: Fault | undefined,
): string | null {
  const style = door.world.settings.responseStyle;
  const sealed = (inner: unknown, key = opened) => sealAnswer(inner, key, style);
  switch (fault?.kind) {
    case "lost-before-effect":
    case "lost-after-effect":
      return null;
    case "bare-code":
      return fault.code ?? "9995";
    case "garbage":
      return randomBytes(200).toString("latin1");
    case "empty":
      return "";
    case "huge":
      return "x".repeat(fault.bytes ?? 2_000_000);
    case "truncated":
      return sealed(whole).slice(0, -30);
    case "wrong-key":
      return sealed(whole, { ...opened, aesKey: randomBytes(16) });
    case "wrong-echo":
      return sealed(otherOrder(whole));
    case "missing-code":
      return sealed({ ...whole, Header: { ...(whole.Header as object), StatusCode: undefined } });
    default:
      return sealed(whole);
  }
}

function otherOrder(whole: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(whole).replace(/("StoreOrderNo":")[^"]*/g, "$1OTHER0001"));
}

async function sendSlowly(answer: ServerResponse, body: string, bytesPerSecond: number): Promise<void> {
  answer.writeHead(200, contentType);
  for (const byte of Buffer.from(body)) {
    if (answer.destroyed) return;
    answer.write(Buffer.of(byte));
    await sleep(1_000 / bytesPerSecond);
  }
  answer.end();
}

async function leave(answer: ServerResponse, body: string | null, fault: Fault | undefined): Promise<void> {
  if (fault?.delayMs) await sleep(fault.delayMs);
  if (body === null) answer.destroy();
  else if (fault?.kind === "http-status") answer.writeHead(fault.status ?? 500).end("<html>trouble</html>");
  else if (fault?.kind === "redirect") answer.writeHead(302, { location: "/elsewhere" }).end();
  else if (fault?.kind === "slow-bytes") await sendSlowly(answer, body, fault.bytesPerSecond ?? 1);
  else answer.writeHead(200, contentType).end(body);
}

/** One call of the protocol, from the opened envelope to the last byte. */
export async function answerCall(
  door: Door,
  request: IncomingMessage,
  answer: ServerResponse,
  body: string,
): Promise<void> {
  const { world } = door;
  const opened = openRequest(body, {
    keys: door.keys,
    ivs: door.ivs,
    lenientJson: world.settings.lenientJson,
  });
  if (!opened) {
    answer.writeHead(200, contentType).end("9995");
    return;
  }
  const header = readHeader(opened.message);
  const data = readData(world, opened.message);
  const storeOrderNo = typeof data?.StoreOrderNo === "string" ? data.StoreOrderNo : null;
  const named = { service: header?.service ?? "", mchId: header?.mchId ?? "", storeOrderNo };
  const address = request.socket.remoteAddress ?? "";
  const arrival: Arrival = noteArrival(world, { ...named, address });
  answer.once("close", () => noteEnd(world, arrival));
  settleRunning({ world });
  const fault = takeFault(world, named);
  const no = refusalAtDoor(world, header, address) ?? (data ? null : "8002");
  const merchant = world.merchants.find(({ mchId }) => mchId === header?.mchId);
  const isUntouched =
    fault?.kind === "lost-before-effect" || fault?.kind === "http-status" || fault?.kind === "redirect";
  const said =
    no || !merchant || !data || isUntouched
      ? refuse(no ?? "9999")
      : serve({ world, merchant, data: { ...data }, service: named.service, origin: door.origin }, fault);
  arrival.code = said.code;
  world.save();
  const isBare = world.settings.bareErrors && said.code !== "0000";
  await leave(answer, isBare ? said.code : bentBody(door, opened, message(door, header, said), fault), fault);
}
