import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  publicEncrypt,
  randomBytes,
} from "node:crypto";
import type { Simulator } from "../server.ts";

/** The test's own half of the protocol: written from the paper, sharing nothing with simulator or client. */
export type Caller = {
  /** Calls a service and opens the answer. Bare bodies come back as `bare`. */
  call(service: string, data: unknown, changes?: CallChanges): Promise<Answer>;
  control(method: string, path: string, body?: object): Promise<unknown>;
};

export type CallChanges = {
  readonly mchId?: string;
  readonly header?: Record<string, unknown>;
  readonly signal?: AbortSignal;
};

export type Answer = {
  readonly httpStatus: number;
  readonly raw: string;
  readonly bare: string | null;
  readonly code: string | null;
  readonly header: Record<string, unknown>;
  readonly data: Record<string, unknown>;
};

const iv = Buffer.from("2718281828459045", "latin1");
export const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
export const refundKey = sha256("0000");

export async function callerOf(simulator: Pick<Simulator, "origin" | "url">): Promise<Caller> {
  const control: Caller["control"] = async (method, path, body) => {
    const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
    const reply = await fetch(`${simulator.origin}/_control/${path}`, init);
    const value: unknown = await reply.json();
    if (!reply.ok) throw new Error(`${reply.status} ${JSON.stringify(value)}`);
    return value;
  };
  const [merchant] = (await control("GET", "merchants")) as { publicKeyPem: string }[];
  const publicKeyPem = merchant?.publicKeyPem ?? "";
  return {
    control,
    async call(service, data, changes = {}) {
      const header = {
        Method: "00000",
        ServiceType: service,
        MchId: changes.mchId ?? "S2PSIM0001",
        TradeKey: sha256("1234"),
        CreateTime: "20240315143000",
        ...changes.header,
      };
      const inner = JSON.stringify({ Header: header, Data: JSON.stringify(data) });
      const { body, aesKey } = seal(inner, publicKeyPem);
      const signal = changes.signal ? { signal: changes.signal } : {};
      const reply = await fetch(simulator.url, { method: "POST", body, redirect: "manual", ...signal });
      return open(reply.status, await reply.text(), aesKey);
    },
  };
}

export function seal(inner: string, publicKeyPem: string): { body: string; aesKey: Buffer } {
  const aesKey = randomBytes(16);
  const cipher = createCipheriv("aes-128-cbc", aesKey, iv);
  const request = Buffer.concat([cipher.update(inner, "utf8"), cipher.final()]).toString("base64");
  const keyText = Buffer.from(aesKey.toString("base64"), "ascii");
  const apiKey = publicEncrypt({ key: publicKeyPem, padding: constants.RSA_PKCS1_PADDING }, keyText);
  return { body: JSON.stringify({ Request: request, ApiKey: apiKey.toString("base64") }), aesKey };
}

function open(httpStatus: number, raw: string, aesKey: Buffer): Answer {
  const nothing = { httpStatus, raw, bare: null, code: null, header: {}, data: {} };
  if (/^\d{4}$/.test(raw)) return { ...nothing, bare: raw };
  try {
    const base64 = (JSON.parse(raw) as { Response: string }).Response.replace(/\s/g, "");
    const message = JSON.parse(decrypt(base64, aesKey, iv)) as Record<string, Record<string, unknown>>;
    const { Header = {}, Data = {} } = message;
    const code = typeof Header.StatusCode === "string" ? Header.StatusCode : null;
    return { ...nothing, code, header: Header, data: Data };
  } catch {
    return nothing;
  }
}

export function decrypt(base64: string, aesKey: Buffer, ivBytes: Buffer): string {
  const decipher = createDecipheriv("aes-128-cbc", aesKey, ivBytes);
  return Buffer.concat([decipher.update(Buffer.from(base64, "base64")), decipher.final()]).toString("utf8");
}
