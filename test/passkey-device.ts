import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { PasskeyMade, PasskeyUsed } from "#lib/domain/passkey.ts";

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest();
const text64 = (bytes: Buffer) => bytes.toString("base64url");

/** How an authenticator may differ from a good one. */
export type Oddity = {
  readonly origin?: string;
  readonly host?: string;
  readonly challenge?: string;
  /** Nobody's finger, face or PIN was checked. */
  readonly isUnverified?: boolean;
  readonly count?: number;
  readonly userHandle?: string;
};
type Asked = { readonly challenge: string };

/** An authenticator with one passkey, by the letter of WebAuthn 3 (6.1, 6.5); its browser is at our own page. */
export function passkeyDevice({ home = "http://localhost:3000" } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const cose = isoCBOR.encode(
    new Map<number, number | Uint8Array<ArrayBuffer>>([
      ...([
        [1, 2],
        [3, -7],
        [-1, 1],
      ] as const),
      [-2, new Uint8Array(Buffer.from(x, "base64url"))],
      [-3, new Uint8Array(Buffer.from(y, "base64url"))],
    ]),
  );
  const rawId = randomBytes(16);
  const id = text64(rawId);
  let used = 0;
  const clientData = (type: string, { challenge }: Asked, odd: Oddity) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: odd.challenge ?? challenge,
        origin: odd.origin ?? home,
        crossOrigin: false,
      }),
    );
  /** Flags: somebody was there (1), and was verified (4); with the key attached (64). */
  const head = (odd: Oddity, flags: number) => {
    used = odd.count ?? used + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(used);
    const host = sha256(odd.host ?? new URL(home).hostname);
    return Buffer.concat([host, Buffer.of(flags | (odd.isUnverified ? 1 : 5)), count]);
  };
  return {
    id,
    publicKey: Buffer.from(cose),
    make(options: string, odd: Oddity = {}): PasskeyMade {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(rawId.length);
      const authData = Buffer.concat([head(odd, 64), Buffer.alloc(16), length, rawId, cose]);
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData)],
      ]);
      return {
        ...{ id, rawId: id, type: "public-key", clientExtensionResults: {} },
        response: {
          clientDataJSON: text64(clientData("webauthn.create", JSON.parse(options), odd)),
          attestationObject: text64(Buffer.from(isoCBOR.encode(attestation as never))),
          transports: ["internal"],
        },
      };
    },
    use(options: string, odd: Oddity = {}): PasskeyUsed {
      const data = clientData("webauthn.get", JSON.parse(options), odd);
      const authData = head(odd, 0);
      const signature = sign("sha256", Buffer.concat([authData, sha256(data)]), privateKey);
      return {
        ...{ id, rawId: id, type: "public-key", clientExtensionResults: {} },
        response: {
          ...{
            clientDataJSON: text64(data),
            authenticatorData: text64(authData),
            signature: text64(signature),
          },
          ...(odd.userHandle === undefined ? {} : { userHandle: odd.userHandle }),
        },
      };
    },
  };
}
