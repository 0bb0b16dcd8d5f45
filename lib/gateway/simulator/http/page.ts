import { createHash } from "node:crypto";

export const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1b1f24}main{max-width:60rem;margin:2rem auto;padding:0 1rem}
.card{background:#fff;border-radius:12px;padding:1.5rem;margin-bottom:1rem;box-shadow:0 1px 3px #0002;overflow-x:auto}h1{font-size:1.25rem}
button,select,input{font:inherit;padding:.6rem 1rem;border-radius:8px;border:1px solid #8a94a0;background:#fff;margin:.2rem 0}button.go{background:#0b5cad;color:#fff;border-color:#0b5cad}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.4rem;border-top:1px solid #e3e6ea;vertical-align:top}.amount{font-size:2rem;font-variant-numeric:tabular-nums}form{display:inline}`;

/** No script, no foreign asset, forms to this address only; the one style is named by its hash. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style><main>${body}</main></html>`;
}

/** The form that lays the next answer's fault. */
export function faultForm(kinds: readonly string[], services: readonly string[]): string {
  const option = (word: string) => `<option>${escaped(word)}</option>`;
  const others = kinds.filter((kind) => !kind.startsWith("lost-") && kind !== "code");
  return `<form method="post" action="/faults"><label>Next answer <select name="kind">
<option value="lost-after-effect">accepted, answer lost</option><option value="lost-before-effect">never arrives</option>
${others.map(option).join("")}</select></label>
<label>of <select name="service">${services.map(option).join("")}<option value="">any service</option></select></label>
<label>order <input name="storeOrderNo" placeholder="any" size="20"></label> <button>Let it happen once</button></form>`;
}
