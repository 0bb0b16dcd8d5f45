import { isNotifyUrl, postNotice } from "#lib/gateway/simulator/http/notices.ts";
import { parseObject } from "#lib/gateway/simulator/json.ts";
import { takeFault } from "#lib/gateway/simulator/state/faults.ts";
import { answerBody } from "./answer-body.ts";
import { gatewayData } from "./services/shown.ts";
import { type Fault, type FaultKind, noticeFaults } from "./state/faults.ts";
import type { PendingNotice } from "./state/notices.ts";
import type { Order } from "./state/order.ts";
import type { World } from "./state/world.ts";

/** How a notice can be spoilt. */
export const tamperings = ["amount", "result", "foreign-key", "no-sign", "url-encoded"] as const;
export type Tampering = (typeof tamperings)[number];

/** What a notice needs of the simulator. */
export type NoticeDoor = { readonly world: World; readonly closing: AbortSignal };

/** Section 10: the waits between the tries. */
const retryWaitsMs = [1, 2, 2, 10, 30, 60, 600, 3_600, 10_800, 18_000, 28_800, 43_200].map((s) => s * 1_000);
const lateMs = 30_000;
const logMax = 1_000;

const faultOf: { readonly [tampering in Tampering]?: FaultKind } = {
  amount: "tampered",
  "foreign-key": "wrong-key",
  "no-sign": "no-signature",
};

/** The body of a payment notice: a gateway_order_query answer that says SUCCESS (section 10). */
export function noticeBody(world: World, order: Order, tampering: Tampering | null): string {
  const kind = tampering === null ? undefined : faultOf[tampering];
  const fault: Fault | undefined = kind === undefined ? undefined : { kind, times: 1 };
  const to = { family: "gateway", version: world.settings.noticeKey, fault } as const;
  const body = answerBody(world, { code: 0, data: gatewayData(order, "SUCCESS") }, to);
  if (tampering === "result") return body.replace('"result":"SUCCESS"', '"result":"CLOSED"');
  return tampering === "url-encoded" ? encodeURIComponent(body) : body;
}

/** Lays notices ready; `settle` sends them. */
export function queueNotice(
  world: World,
  order: Order,
  how: { tampering?: Tampering | null; times?: number; afterMs?: number } = {},
): void {
  const merchant = world.merchants.find(({ mchId }) => mchId === order.mchId);
  const url = order.notifyUrl || merchant?.notifyUrl || "";
  if (!isNotifyUrl(url)) return;
  const { mchId, storeOrderNo } = order;
  const { tampering = null } = how;
  const body = noticeBody(world, order, tampering);
  const isRepeated = tampering === null || tampering === "url-encoded";
  const dueAt = world.clock.now() + (how.afterMs ?? 0);
  for (let n = 0; n < (how.times ?? 1); n += 1)
    world.notices.push({ id: world.counter++, mchId, storeOrderNo, url, body, isRepeated, tried: 0, dueAt });
}

const tamperingOf: { readonly [kind: string]: Tampering | undefined } = {
  "notify-tampered": "amount",
  "notify-unsigned": "no-sign",
  "notify-url-encoded": "url-encoded",
};

/** The notice that follows a payment by itself, with the fault that waits for it. Only payments bring one. */
export function announce(world: World, order: Order): void {
  const { noticeFollowMs } = world.settings;
  const isFollowed = noticeFollowMs === 0 || Number(order.paidAt) - order.createdAt <= noticeFollowMs;
  if (!isFollowed) return;
  const { mchId, storeOrderNo } = order;
  const fault = takeFault(world.faults, noticeFaults, { service: "", mchId, storeOrderNo });
  if (fault?.kind === "notify-lost") return;
  queueNotice(world, order, {
    tampering: tamperingOf[fault?.kind ?? ""] ?? null,
    times: fault?.kind === "notify-doubled" ? 2 : 1,
    afterMs: fault?.kind === "notify-late" ? (fault.delayMs ?? lateMs) : 0,
  });
}

/** Sends what is due and not on its way; an undelivered notice waits for its next try, or is given up after the last. */
export function sendDue({ world, closing }: NoticeDoor, onTheWay: Set<number>, then: () => void): void {
  const now = world.clock.now();
  for (const notice of world.notices.filter(({ id, dueAt }) => dueAt <= now && !onTheWay.has(id))) {
    onTheWay.add(notice.id);
    void tryOnce({ world, closing }, notice).finally(() => {
      onTheWay.delete(notice.id);
      then();
    });
  }
}

async function tryOnce({ world, closing }: NoticeDoor, notice: PendingNotice): Promise<void> {
  const contentType = "text/plain;charset=utf-8";
  const reply = await postNotice(notice.url, { body: notice.body, contentType, closing });
  if (closing.aborted) return;
  const { result, msg } = parseObject(reply ?? "") ?? {};
  const isDelivered = result === "SUCCESS" && msg === "OK";
  const waitMs = notice.isRepeated ? retryWaitsMs[notice.tried] : undefined;
  notice.tried += 1;
  const at = world.clock.now();
  const { mchId, storeOrderNo, tried: tryNo } = notice;
  world.noticeLog.push({ mchId, storeOrderNo, at, tryNo, isDelivered });
  if (world.noticeLog.length > logMax) world.noticeLog.shift();
  if (isDelivered || waitMs === undefined) world.notices = world.notices.filter((one) => one !== notice);
  else notice.dueAt = at + Math.ceil(waitMs / Math.max(1, world.settings.noticeSpeed));
  world.saveSoon();
}
