import type { JsonObject } from "#lib/gateway/simulator/json.ts";

/** The parameters of a call: a form body, or the query string of a GET (section 3). A JSON body carries none. */
export function readParams(call: {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly contentType: string | undefined;
}): { readonly [name: string]: string } {
  if (call.method === "GET") return Object.fromEntries(call.query);
  const isForm = !/json/i.test(call.contentType ?? "");
  return isForm ? Object.fromEntries(new URLSearchParams(call.body)) : {};
}

/** JSON with raw UTF-8 or with `\u` escapes; both occur (section 3). */
export function writeJson(value: JsonObject, escapes: "raw" | "ascii"): string {
  const text = JSON.stringify(value);
  if (escapes === "raw") return text;
  return text.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
