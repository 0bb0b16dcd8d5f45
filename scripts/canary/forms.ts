import { createHash } from "node:crypto";

/** Something that must not be found anywhere, and what to call it when it was. */
export type Secret = {
  readonly name: string;
  readonly value: string | Buffer;
  /** So random that its SHA-256 tells nothing and stands for nothing. */
  readonly mayBeHashed?: boolean;
};
/** Something to look through. */
export type Place = { readonly name: string; readonly content: Buffer };

const hex = (bytes: Buffer) => bytes.toString("hex");

/** What Base64 makes of the bytes wherever they stand in a longer text: three shifts, without the edges others share. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const start = Math.ceil((before * 4) / 3);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    const inner = text.slice(start, end);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/**
 * The forms in which a secret could leave: as it is, in JSON, in an address, in Base64, in hex, and the SHA-256 that a
 * gateway takes in its place.
 */
export function formsOf({ value, mayBeHashed = false }: Secret): string[] {
  const bytes = Buffer.from(value);
  const text = typeof value === "string" ? value : null;
  const digests = mayBeHashed ? [] : [createHash("sha256").update(bytes).digest()];
  const forms = [
    ...(text === null ? [] : [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)]),
    ...[bytes, ...digests].flatMap((one) => [hex(one), hex(one).toUpperCase(), ...base64Forms(one)]),
  ];
  return [...new Set(forms)].filter((form) => form.length > 0);
}

/** Digits stand in longer numbers by chance: there they are not the secret. */
function occurs(content: string, form: string): boolean {
  if (!/^\d+$/.test(form)) return content.includes(form);
  return new RegExp(`(?<![0-9A-Za-z])${form}(?![0-9A-Za-z])`).test(content);
}

/** Every secret found, as `place: name`. Bytes are also read as the hex that a database prints of them. */
export function findSecrets(places: readonly Place[], secrets: readonly Secret[]): string[] {
  const wanted = secrets.map((secret) => ({ name: secret.name, forms: formsOf(secret) }));
  return places.flatMap(({ name: place, content }) => {
    const text = content.toString("latin1");
    return wanted.flatMap(({ name, forms }) =>
      forms.some((form) => occurs(text, Buffer.from(form).toString("latin1"))) ? [`${place}: ${name}`] : [],
    );
  });
}
