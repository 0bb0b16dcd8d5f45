import "server-only";
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { AccountSettings, SettingsFault } from "../gateway-kind.ts";
import { readGatewayUrl } from "../gateway-url.ts";

/** An account ready for use. Lives in the client's closure; nothing logs or returns it. */
export type Scan2PayAccount = {
  readonly url: URL;
  readonly merchantId: string;
  /** SHA-256 of the trade password, 64 lower-case hex: as good as the password itself. */
  readonly tradeKey: string;
  readonly refundKey: string;
  /** Intella's key: locks our AES keys and checks its notices. */
  readonly publicKey: KeyObject;
  /** 16 raw bytes. */
  readonly iv: Buffer;
  readonly canRefundPart: boolean;
  /** Send amounts as text of digits (official SDKs) or, where an account needs it, as JSON numbers (section 9, row 2). */
  readonly stringFees: boolean;
};

const modulusBitsMin = 2_048;

/** Reads the gateway's public key; a private key in its place is refused though Node could derive the public half from it. */
function readPublicKey(pem: string): KeyObject | null {
  if (!/^\s*-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) return null;
  try {
    const key = createPublicKey(pem);
    const isStrong = (key.asymmetricKeyDetails?.modulusLength ?? 0) >= modulusBitsMin;
    return key.asymmetricKeyType === "rsa" && isStrong ? key : null;
  } catch {
    return null;
  }
}

const urlField = z.string({ error: "is missing" }).superRefine((text, context) => {
  const read = readGatewayUrl(text);
  if (!read.ok) context.addIssue({ code: "custom", message: read.message });
});
const merchantIdField = z
  .string({ error: "is missing" })
  .regex(/^[\x21-\x7e]{1,32}$/, { error: "must be 1 to 32 letters, digits or signs without blanks" });
const publicKeyPemField = z.string({ error: "is missing" }).refine((pem) => readPublicKey(pem) !== null, {
  error: "must be an RSA public key of 2048 bits or more, as PEM (BEGIN PUBLIC KEY)",
});
const ivField = z
  .string({ error: "is missing" })
  .regex(/^[\x20-\x7e]{16}$/, { error: "must be exactly 16 ASCII characters" });
const hexKey = z.string().regex(/^[0-9a-f]{64}$/, { error: "must be 64 lower-case hex characters" });
const password = z.string({ error: "must be text" }).min(1, { error: "must not be empty" });
const flag = z.boolean({ error: "must be true or false" });

/** The parts every gateway's entry has; the provisioning use-case reads them. */
const anything = z.unknown().optional();
const shared = { slug: anything, store: anything, gateway: anything };

const entrySchema = z.strictObject(
  {
    ...shared,
    url: urlField,
    merchantId: merchantIdField,
    publicKeyPem: publicKeyPemField,
    iv: ivField,
    tradePassword: password.optional(),
    tradeKey: hexKey.optional(),
    refundPassword: password.optional(),
    refundKey: hexKey.optional(),
    partialRefund: flag.default(false),
    stringFees: flag.default(true),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? "is not a setting of Scan2Pay" : "must be an object",
  },
);

/** What is stored, as it was split. */
const storedSchema = z.object({
  config: z.object({
    url: urlField,
    merchantId: merchantIdField,
    publicKeyPem: publicKeyPemField,
    partialRefund: z.boolean(),
    stringFees: z.boolean(),
  }),
  secrets: z.object({ tradeKey: hexKey, refundKey: hexKey, iv: ivField }),
});

function faultsOf(error: z.ZodError): SettingsFault[] {
  return error.issues.flatMap((issue) => {
    const paths = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")];
    return paths.map((path) => ({ path, message: issue.message }));
  });
}

/** Of the hash and the password it is made from, exactly one must stand. */
function pairFaults(entry: unknown, kind: "trade" | "refund"): SettingsFault[] {
  if (typeof entry !== "object" || entry === null) return [];
  const given = new Set(
    Object.entries(entry).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  );
  const hasKey = given.has(`${kind}Key`);
  const hasPassword = given.has(`${kind}Password`);
  if (!hasKey && !hasPassword)
    return [{ path: `${kind}Password`, message: `is missing (or give ${kind}Key)` }];
  return hasKey && hasPassword
    ? [{ path: `${kind}Key`, message: `must not stand beside ${kind}Password` }]
    : [];
}

/** The key the gateway wants: the SHA-256 of the password in lower-case hex (protocol 3.1). */
function keyOf(key: string | undefined, typed: string | undefined): string {
  return (
    key ??
    createHash("sha256")
      .update(typed ?? "", "utf8")
      .digest("hex")
  );
}

type ReadSettings =
  | { readonly ok: true; readonly value: AccountSettings }
  | { readonly ok: false; readonly faults: readonly SettingsFault[] };

/**
 * Reads one provisioning entry. Passwords become the hashes the gateway wants and are not kept. Reports every fault at once;
 * no message repeats a secret.
 */
export function readScan2PaySettings(entry: unknown): ReadSettings {
  const read = entrySchema.safeParse(entry);
  const pairs = [...pairFaults(entry, "trade"), ...pairFaults(entry, "refund")];
  if (!read.success) return { ok: false, faults: [...faultsOf(read.error), ...pairs] };
  if (pairs.length > 0) return { ok: false, faults: pairs };
  const { url, merchantId, publicKeyPem, partialRefund, stringFees, iv } = read.data;
  const { tradeKey, tradePassword, refundKey, refundPassword } = read.data;
  const secrets = {
    tradeKey: keyOf(tradeKey, tradePassword),
    refundKey: keyOf(refundKey, refundPassword),
    iv,
  };
  return {
    ok: true,
    value: { config: { url, merchantId, publicKeyPem, partialRefund, stringFees }, secrets },
  };
}

/** Opens stored settings. Throws without repeating a value when they do not parse: a bug, or the wrong master key. */
export function openScan2PaySettings(settings: AccountSettings): Scan2PayAccount {
  const read = storedSchema.safeParse(settings);
  if (!read.success) {
    throw new Error(
      `stored Scan2Pay settings do not parse: ${faultsOf(read.error)
        .map((f) => `${f.path} ${f.message}`)
        .join("; ")}`,
    );
  }
  const { config, secrets } = read.data;
  return {
    url: new URL(config.url),
    merchantId: config.merchantId,
    tradeKey: secrets.tradeKey,
    refundKey: secrets.refundKey,
    publicKey: createPublicKey(config.publicKeyPem),
    iv: Buffer.from(secrets.iv, "latin1"),
    canRefundPart: config.partialRefund,
    stringFees: config.stringFees,
  };
}
