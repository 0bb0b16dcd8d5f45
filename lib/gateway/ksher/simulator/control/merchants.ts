import { createPublicKey } from "node:crypto";
import { atLeast, type Body, flag, refuseOthers, text } from "#lib/gateway/simulator/control/input.ts";
import { checkedNotifyUrl } from "#lib/gateway/simulator/http/notices.ts";
import { Refusal } from "#lib/gateway/simulator/state/refusal.ts";
import { merchantKeyPem } from "../protocol/test-keys.ts";
import { type Merchant, merchant } from "../state/merchants.ts";
import type { World } from "../state/world.ts";

/** Adds or changes a merchant; a new one without a key of its own has the first merchant's. */
export function setMerchant(world: World, body: Body): Merchant {
  refuseOthers(body, ["mchId", "publicKeyPem", "partialRefund", "balance", "notifyUrl", "enabled"]);
  const mchId = text(body, "mchId");
  if (!mchId) throw new Refusal(400, '"mchId" is missing.');
  const known = world.merchants.find((one) => one.mchId === mchId) ?? merchant(mchId, merchantKeyPem, true);
  const publicKeyPem = publicKeyIn(body);
  const balance = body.balance === null ? null : (atLeast(body, "balance", 0) ?? known.balance);
  const notifyUrl = typeof body.notifyUrl === "string" ? checkedNotifyUrl(body.notifyUrl) : known.notifyUrl;
  const next: Merchant = {
    ...known,
    ...(publicKeyPem === undefined ? {} : { publicKeyPem, privateKeyPem: null }),
    partialRefund: flag(body, "partialRefund") ?? known.partialRefund,
    enabled: flag(body, "enabled") ?? known.enabled,
    balance,
    notifyUrl: body.notifyUrl === null ? null : notifyUrl,
  };
  world.merchants = [...world.merchants.filter((one) => one.mchId !== mchId), next];
  return next;
}

function publicKeyIn(body: Body): string | undefined {
  const pem = text(body, "publicKeyPem");
  if (pem === undefined) return undefined;
  try {
    return createPublicKey(pem).export({ type: "spki", format: "pem" }).toString();
  } catch {
    throw new Refusal(400, '"publicKeyPem" must be a public key in PEM.');
  }
}
