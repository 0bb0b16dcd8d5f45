import { createSign, createVerify } from "node:crypto";
import type { Simulator } from "../server.ts";

/** The test's own half of the protocol: written from the paper, sharing nothing with simulator or client. */
export type Caller = {
  /** Calls a service of either family with a fresh nonce, and checks the answer's signature. */
  call(service: string, params?: Params, changes?: CallChanges): Promise<Answer>;
  control(method: string, path: string, body?: object): Promise<unknown>;
};

type Params = { readonly [name: string]: string };

export type CallChanges = {
  readonly appid?: string;
  readonly version?: "V1" | "V2";
  readonly hash?: "md5" | "sha1";
  readonly method?: "GET" | "POST";
  /** Sent instead of the right signature. */
  readonly sign?: string;
  readonly signal?: AbortSignal;
};

export type Answer = {
  readonly httpStatus: number;
  readonly raw: string;
  readonly code: unknown;
  readonly data: { readonly [name: string]: unknown };
  readonly result: unknown;
  /** Null: the answer carries no signature. */
  readonly isVerified: boolean | null;
};

type Merchant = {
  readonly mchId: string;
  readonly privateKeyPem: string;
  readonly platformPublicKeyPem: string;
  readonly platformPublicKeyV2Pem: string;
};

const gatewayServices = ["gateway_pay", "gateway_order_query", "cancel_order"];
const merchantInfoMembers = ["mobile", "mch_id", "account_type", "business_mode", "nonce_str"];
let nonces = 0;

export async function callerOf(simulator: Pick<Simulator, "origin">): Promise<Caller> {
  const control: Caller["control"] = async (method, path, body) => {
    const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
    const reply = await fetch(`${simulator.origin}/_control/${path}`, init);
    const value: unknown = await reply.json();
    if (!reply.ok) throw new Error(`${reply.status} ${JSON.stringify(value)}`);
    return value;
  };
  const merchants = (await control("GET", "merchants")) as Merchant[];
  return {
    control,
    async call(service, params = {}, changes = {}) {
      const appid = changes.appid ?? "mch99001";
      const merchant = merchants.find(({ mchId }) => mchId === appid) ?? merchants[0];
      if (!merchant) throw new Error("the simulator knows no merchant");
      nonces += 1;
      const common = { appid, nonce_str: `n${nonces}`, time_stamp: "20260115093000" };
      const all: Params = { ...common, ...params };
      const sign = changes.sign ?? signatureOf(all, merchant.privateKeyPem, changes.hash ?? "md5");
      const form = new URLSearchParams({ ...all, sign });
      const family = gatewayServices.includes(service) ? "api" : "KsherPay";
      const url = `${simulator.origin}/${family}/${service}`;
      const headers = new Headers(changes.version ? { "ksher-sign-version": changes.version } : {});
      const how = {
        headers,
        redirect: "manual",
        ...(changes.signal ? { signal: changes.signal } : {}),
      } as const;
      const reply = await (changes.method === "GET"
        ? fetch(`${url}?${form}`, how)
        : fetch(url, { method: "POST", body: form, ...how }));
      const members = service === "merchant_info" ? merchantInfoMembers : null;
      const key = changes.version === "V2" ? merchant.platformPublicKeyV2Pem : merchant.platformPublicKeyPem;
      return readAnswer(reply.status, await reply.text(), { key, members });
    },
  };
}

export function signatureOf(params: Params, privateKeyPem: string, hash: "md5" | "sha1" = "md5"): string {
  return createSign(`RSA-${hash.toUpperCase()}`)
    .update(covered(Object.entries(params)))
    .sign(privateKeyPem, "hex");
}

/** The signed text: `name=value`, by name, joined with nothing. Names are small letters and underscores. */
export function covered(members: readonly (readonly [string, unknown])[]): string {
  const text = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value.map(byName)) : String(value));
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${text(value)}`)
    .join("");
}

const byName = (row: object) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

export function isVerified(data: object, sign: string, publicKeyPem: string): boolean {
  const text = covered(Object.entries(data));
  return createVerify("RSA-MD5").update(text).verify(publicKeyPem, sign, "hex");
}

function readAnswer(
  httpStatus: number,
  raw: string,
  { key, members }: { key: string; members: readonly string[] | null },
): Answer {
  const nothing = { httpStatus, raw, code: null, data: {}, result: undefined, isVerified: null };
  try {
    const whole = JSON.parse(raw) as { code?: unknown; data?: unknown; sign?: unknown };
    const { code, sign } = whole;
    const data = typeof whole.data === "object" ? (whole.data as Answer["data"]) : {};
    const signed = Object.entries(data).filter(([name]) => members?.includes(name) ?? true);
    const isGood = typeof sign === "string" ? isVerified(Object.fromEntries(signed), sign, key) : null;
    return { ...nothing, code, data, result: data.result, isVerified: isGood };
  } catch {
    return nothing;
  }
}
