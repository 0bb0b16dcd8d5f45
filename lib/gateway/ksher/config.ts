import "server-only";
import type { KeyObject } from "node:crypto";
import { z } from "zod";
import type { AccountSettings, SettingsFault } from "../gateway-kind.ts";
import { readGatewayUrl } from "../gateway-url.ts";
import { type KeyBits, merchantKeyBits, platformKeyBits, readPrivateKey, readPublicKey } from "./keys.ts";

/** An account ready for use. Lives in the client's closure; nothing logs or returns it. */
export type KsherAccount = {
  /** Base of gateway_order_query and cancel_order. */
  readonly gatewayUrl: URL;
  /** Base of order_refund and refund_query. */
  readonly payUrl: URL;
  readonly appId: string;
  /** Signs our requests. */
  readonly merchantKey: KeyObject;
  /** Verifies answers; which of Ksher's two keys it is, says `signVersion`. */
  readonly platformKey: KeyObject;
  /** Also trusted for notices: with which version those are signed is not documented (protocol 4.5). */
  readonly noticeKey: KeyObject | null;
  readonly signVersion: "V1" | "V2";
  readonly lang: "en" | "cn" | "th" | null;
  readonly canRefundPart: boolean;
};

const urlField = z.string({ error: "is missing" }).superRefine((text, context) => {
  const read = readGatewayUrl(text);
  if (!read.ok) context.addIssue({ code: "custom", message: read.message });
  else if (read.url.search !== "")
    context.addIssue({
      code: "custom",
      message: "must not hold a ? part; it is the address calls are appended to",
    });
});
const appIdField = z
  .string({ error: "is missing" })
  .regex(/^mch\d{1,29}$/, { error: "must be mch and the merchant number, as in mch35000" });
const privateKeyField = z
  .string({ error: "is missing" })
  .refine((pem) => readPrivateKey(pem, merchantKeyBits) !== null, {
    error: "must be an RSA private key of 512 to 4096 bits without a passphrase, as PEM (PKCS#1 or PKCS#8)",
  });
const anyPlatformBits: KeyBits = { min: platformKeyBits.V1.min, max: platformKeyBits.V2.max };
const publicKeyField = z
  .string({ error: "is missing" })
  .refine((pem) => readPublicKey(pem, anyPlatformBits) !== null, {
    error: "must be an RSA public key of 512 to 4096 bits, as PEM (BEGIN PUBLIC KEY or BEGIN RSA PUBLIC KEY)",
  });
const signVersionField = z.enum(["V1", "V2"], { error: "must be V1 or V2" });
const langField = z.enum(["en", "cn", "th"], { error: "must be en, cn or th" });
const flag = z.boolean({ error: "must be true or false" });

/** The parts every gateway's entry has; the provisioning use-case reads them. */
const anything = z.unknown().optional();
const shared = { slug: anything, store: anything, gateway: anything };

const readable = {
  gatewayUrl: urlField,
  payUrl: urlField,
  appId: appIdField,
  platformPublicKeyPem: publicKeyField,
  noticePublicKeyPem: publicKeyField.optional(),
  lang: langField.optional(),
};
const entrySchema = z.strictObject(
  {
    ...shared,
    ...readable,
    merchantPrivateKeyPem: privateKeyField,
    signVersion: signVersionField.default("V1"),
    partialRefund: flag.default(true),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? "is not a setting of Ksher" : "must be an object",
  },
);

/** What is stored, as it was split. */
const storedSchema = z.object({
  config: z.object({ ...readable, signVersion: signVersionField, partialRefund: flag }),
  secrets: z.object({ merchantPrivateKeyPem: privateKeyField }),
});

function faultsOf(error: z.ZodError): SettingsFault[] {
  return error.issues.flatMap((issue) => {
    const paths = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")];
    return paths.map((path) => ({ path, message: issue.message }));
  });
}

const keyAndVersion = z.looseObject({
  platformPublicKeyPem: publicKeyField,
  signVersion: signVersionField.default("V1"),
});

/** Key and version each right and still not of one another: told beside the other faults. */
function versionFaults(entry: unknown): SettingsFault[] {
  const read = keyAndVersion.safeParse(entry);
  if (!read.success) return [];
  const { platformPublicKeyPem, signVersion } = read.data;
  if (readPublicKey(platformPublicKeyPem, platformKeyBits[signVersion]) !== null) return [];
  const message = "does not fit the size of platformPublicKeyPem: V1 has 512 bits, V2 has 2048";
  return [{ path: "signVersion", message }];
}

type ReadSettings =
  | { readonly ok: true; readonly value: AccountSettings }
  | { readonly ok: false; readonly faults: readonly SettingsFault[] };

/** Reads one provisioning entry. Only the merchant's private key is secret. Reports every fault at once; none repeats a value. */
export function readKsherSettings(entry: unknown): ReadSettings {
  const read = entrySchema.safeParse(entry);
  const version = versionFaults(entry);
  if (!read.success) return { ok: false, faults: [...faultsOf(read.error), ...version] };
  if (version.length > 0) return { ok: false, faults: version };
  const { slug: _slug, store: _store, gateway: _gateway, merchantPrivateKeyPem, ...config } = read.data;
  const told = Object.entries(config).filter(([, value]) => value !== undefined);
  return { ok: true, value: { config: Object.fromEntries(told), secrets: { merchantPrivateKeyPem } } };
}

function opened<Key>(key: Key | null): Key {
  if (key === null) throw new Error("a stored Ksher key does not open");
  return key;
}

/** Opens stored settings. Throws without repeating a value when they do not parse: a bug, or the wrong master key. */
export function openKsherSettings(settings: AccountSettings): KsherAccount {
  const read = storedSchema.safeParse(settings);
  if (!read.success) {
    const faults = faultsOf(read.error).map(({ path, message }) => `${path} ${message}`);
    throw new Error(`stored Ksher settings do not parse: ${faults.join("; ")}`);
  }
  const { config, secrets } = read.data;
  const { noticePublicKeyPem } = config;
  return {
    gatewayUrl: new URL(config.gatewayUrl),
    payUrl: new URL(config.payUrl),
    appId: config.appId,
    merchantKey: opened(readPrivateKey(secrets.merchantPrivateKeyPem, merchantKeyBits)),
    platformKey: opened(readPublicKey(config.platformPublicKeyPem, platformKeyBits[config.signVersion])),
    noticeKey: noticePublicKeyPem === undefined ? null : readPublicKey(noticePublicKeyPem, anyPlatformBits),
    signVersion: config.signVersion,
    lang: config.lang ?? null,
    canRefundPart: config.partialRefund,
  };
}
