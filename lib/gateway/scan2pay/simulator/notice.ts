import { generateKeyPairSync } from "node:crypto";
import { wait } from "#lib/gateway/simulator/http/delivery.ts";
import { postNotice } from "#lib/gateway/simulator/http/notices.ts";
import { takeFault } from "#lib/gateway/simulator/state/faults.ts";
import { gsonEscaped } from "./protocol/json-text.ts";
import { type GatewayKeys, loadGatewayKeys } from "./protocol/keys.ts";
import { methodName } from "./protocol/methods.ts";
import { noticeFaults } from "./state/faults.ts";
import type { Order } from "./state/order.ts";
import type { World } from "./state/world.ts";

/** How a notice can be spoilt; `true` means the amount. */
export const tamperings = ["amount", "result", "foreign-key", "no-sign"] as const;
export type Tampering = (typeof tamperings)[number];

/** What a notice needs of the simulator. */
export type NoticeDoor = {
  readonly world: World;
  readonly keys: GatewayKeys;
  readonly closing: AbortSignal;
};

const lateMs = 30_000;

/** A payment notice (section 5): members in alphabetical order, signed compact without Sign, `=` escaped in Sign. */
export function signedNotice(
  members: Readonly<Record<string, string>>,
  keys: GatewayKeys,
  escapes: "sign-only" | "gson",
): string {
  const written = (value: unknown) =>
    escapes === "gson" ? gsonEscaped(JSON.stringify(value)) : JSON.stringify(value);
  const sorted = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  const sign = keys.signSha256(written(Object.fromEntries(sorted(members))));
  const body = sorted({ ...members, Sign: sign }).map(([name, value]) =>
    name === "Sign" ? `"Sign":${gsonEscaped(JSON.stringify(value))}` : `${written(name)}:${written(value)}`,
  );
  return `{${body.join(",")}}`;
}

export function noticeBody({ world, keys }: NoticeDoor, order: Order, tampering: Tampering | null): string {
  const members = {
    ...(order.detail === "" ? {} : { Detail: order.detail }),
    MchId: order.mchId,
    MethodName: methodName(order.method),
    Result: order.payState === "paid" ? "0000" : "9999",
    StoreOrderNo: order.storeOrderNo,
    TotalFee: String(order.totalFee),
  };
  const signer = tampering === "foreign-key" ? strangersKeys() : keys;
  const body = signedNotice(members, signer, world.settings.noticeEscapes);
  if (tampering === "amount")
    return body.replace(/"TotalFee":"\d+"/, `"TotalFee":"${order.totalFee === 1 ? 2 : 1}"`);
  if (tampering === "result")
    return body.replace(/"Result":"\d+"/, `"Result":"${members.Result === "0000" ? "9999" : "0000"}"`);
  return tampering === "no-sign" ? body.replace(/"Sign":"[^"]*",/, "") : body;
}

/** Posts a notice to the merchant's address; a merchant that cannot be reached is told nothing more. */
export async function sendNotice(
  door: NoticeDoor,
  order: Order,
  tampering: Tampering | null = null,
): Promise<void> {
  const url = door.world.merchants.find(({ mchId }) => mchId === order.mchId)?.notifyUrl;
  if (!url) return;
  const body = noticeBody(door, order, tampering);
  await postNotice(url, { body, contentType: "application/json", closing: door.closing });
}

/** The notice that follows a payment or a refusal by itself, with the fault that waits for it. */
export async function announce(door: NoticeDoor, order: Order): Promise<void> {
  const { mchId, storeOrderNo } = order;
  const fault = takeFault(door.world.faults, noticeFaults, { service: "", mchId, storeOrderNo });
  if (fault?.kind === "notify-lost") return;
  if (fault?.kind === "notify-late") await wait(fault.delayMs ?? lateMs, door.closing);
  if (door.closing.aborted) return;
  await sendNotice(door, order, fault?.kind === "notify-tampered" ? "amount" : null);
  if (fault?.kind === "notify-doubled") await sendNotice(door, order);
}

function strangersKeys(): GatewayKeys {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return loadGatewayKeys(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
}
