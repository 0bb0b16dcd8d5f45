import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type KeyRing, keyMarked, keysOf, type MasterKey, markBytes, WrongMasterKey } from "./master-key.ts";

/** 1: sealed by the master key itself, as earlier versions did. 2: sealed by a key of its own, which the master key wraps. */
const DIRECT = 1;
const WRAPPED = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const boxBytes = (content: number) => NONCE_BYTES + TAG_BYTES + content;
const contentAt = 1 + markBytes + boxBytes(KEY_BYTES);

/** AES-256-GCM: nonce, tag, content. `about` is authenticated, so what is sealed for it opens for nothing else. */
function lock(key: Buffer, about: string, content: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function unlock(key: Buffer, about: string, box: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(about));
  decipher.setAuthTag(box.subarray(NONCE_BYTES, boxBytes(0)));
  return Buffer.concat([decipher.update(box.subarray(boxBytes(0))), decipher.final()]);
}

/** What every envelope under that master key begins with; by it the database counts those that are not. */
export const envelopeStart = ({ mark }: MasterKey): Buffer =>
  Buffer.concat([Buffer.of(WRAPPED), Buffer.from(mark, "hex")]);

const wrapPlace = (place: string, { mark }: MasterKey) => `${place}:v${WRAPPED}:${mark}`;

/** Seals content for its place (table and row) by a new key of its own, wrapped by a master key. */
export function sealEnvelope(master: MasterKey, place: string, content: Buffer): Buffer {
  const key = randomBytes(KEY_BYTES);
  const wrapped = lock(master.derive("wraps"), wrapPlace(place, master), key);
  return Buffer.concat([envelopeStart(master), wrapped, lock(key, `${place}:v${WRAPPED}`, content)]);
}

function unwrapKey(ring: KeyRing, place: string, sealed: Buffer): Buffer {
  const master = keyMarked(ring, sealed.subarray(1, 1 + markBytes).toString("hex"));
  if (!master) throw new WrongMasterKey("another STOREDESK_MASTER_KEY sealed it");
  return unlock(master.derive("wraps"), wrapPlace(place, master), sealed.subarray(1 + markBytes, contentAt));
}

/** Opens what was sealed for this place by a key of the ring. Throws when none of them did, or when a bit was changed. */
export function openEnvelope(ring: KeyRing, place: string, sealed: Buffer): Buffer {
  if (sealed[0] === WRAPPED)
    return unlock(unwrapKey(ring, place, sealed), `${place}:v${WRAPPED}`, sealed.subarray(contentAt));
  if (sealed[0] !== DIRECT) throw new Error("unknown version");
  for (const master of keysOf(ring)) {
    try {
      return unlock(master.derive("secrets"), `${place}:v${DIRECT}`, sealed.subarray(1));
    } catch {
      // Nothing in it says which key it was.
    }
  }
  throw new WrongMasterKey("another STOREDESK_MASTER_KEY sealed it");
}

/** The same envelope wrapped by `master`; its content stays as it was sealed, unless the master key itself had sealed it. */
export function rewrapEnvelope(
  ring: KeyRing,
  master: MasterKey,
  at: { place: string; sealed: Buffer },
): Buffer {
  const { place, sealed } = at;
  if (sealed[0] !== WRAPPED) return sealEnvelope(master, place, openEnvelope(ring, place, sealed));
  const wrapped = lock(master.derive("wraps"), wrapPlace(place, master), unwrapKey(ring, place, sealed));
  return Buffer.concat([envelopeStart(master), wrapped, sealed.subarray(contentAt)]);
}
