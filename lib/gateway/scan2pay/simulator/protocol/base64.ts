/**
 * Decodes Base64 as the gateway must take it (section 2.3): line feeds anywhere, `=` possibly escaped twice.
 * Anything that is not complete, standard Base64 gives null; Node's own decoder would guess.
 */
export function decodeBase64(text: unknown): Buffer | null {
  if (typeof text !== "string") return null;
  const compact = text.replace(/\\u003d/gi, "=").replace(/\s/g, "");
  if (compact.length === 0 || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
    return null;
  return Buffer.from(compact, "base64");
}

/** Base64 with a line feed after each 76 characters, none at the end. */
export function wrapBase64(base64: string): string {
  return base64.replace(/.{76}(?=.)/g, "$&\n");
}
