import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scriptFlags } from "#scripts/launch/programs.mjs";
import { askBooks, closeDesk, type Desk, envBeside, findPlace, openDesk, type Place, run } from "../app.ts";
import { comeIn } from "../teller.ts";
import { ask, askForUpgrade, pagesOfTheBuild } from "./door/caller.ts";
import { payloads } from "./door/payloads.ts";

/** What a built desk shows and offers; in the end every text, from people and from the gateway, tries to be a script. */
let place: Place;
let desk: Desk;
const at = (path: string) => `${place.origin}${path}`;

beforeAll(async () => {
  place = await findPlace();
  desk = await openDesk(place);
  const cashier = await comeIn(place.origin, "cashier");
  await (await cashier.get(at("/search?q=PO180101001"))).text();
  await run(process.execPath, [...scriptFlags, "test/approved-refund.ts"], {
    env: { ...envBeside(place), REFUND_ORDER_NO: "PO180101001", REFUND_ONLY_ASKED: "1" },
  });
});
afterAll(() => closeDesk(place, desk));

describe("what the framework offers besides", () => {
  test("T18: the image optimiser fetches nothing, from here or elsewhere", async () => {
    const sources = [
      "/icon.svg",
      "http://169.254.169.254/latest",
      `${place.control}/orders`,
      "file:///etc/passwd",
    ];
    for (const source of sources) {
      const { status } = await ask(at(`/_next/image?url=${encodeURIComponent(source)}&w=64&q=75`));
      expect([source, status >= 400]).toEqual([source, true]);
    }
  });

  test("T18: a connection that wants to become another protocol is not passed on", async () => {
    const said = await askForUpgrade(place.origin);
    expect(said).not.toMatch(/^HTTP\/1\.1 (101|200)/);
  });

  test("T18: no file of the project, no list of files and no trace of a request is to be had", async () => {
    const files = [
      "/.git/config",
      "/.env",
      "/package.json",
      "/.next/BUILD_ID",
      "/_next/",
      "/_next/static/",
      "/lib/env.ts",
    ];
    const got: string[] = [];
    for (const path of [
      ...files,
      "/..%2fpackage.json",
      "/_next/static/..%2f..%2fserver/app-paths-manifest.json",
    ]) {
      const { status, text } = await ask(at(path));
      if (status < 400 && status !== 307 && status !== 308)
        got.push(`${path}: ${status} ${text.slice(0, 80)}`);
    }
    for (const method of ["OPTIONS", "PUT", "DELETE", "PATCH"])
      if ((await ask(at("/api/counter"), {}, { method })).text.includes("recent")) got.push(method);
    expect(got).toEqual([]);
  });
});

/** Writes the payloads into every column that holds words of people or of a gateway, past the guards of the books. */
async function poison(): Promise<string[]> {
  const text = `'${payloads.join("\n").replaceAll("'", "''")}'`;
  const columns = [
    "refund_request.note",
    "refund_request.decision_reason",
    "staff.name",
    "store.name",
    "pay_order.title",
    "pay_order.wallet",
    "evidence.message",
    "evidence.raw",
  ];
  for (const column of columns) {
    const [table, name] = column.split(".");
    await askBooks(
      place,
      `alter table ${table} disable trigger user; update ${table} set ${name} = ${text}; alter table ${table} enable trigger user`,
    );
  }
  const facts = `jsonb_set(facts, '{reason}', to_jsonb(${text}::text))`;
  await askBooks(
    place,
    `alter table audit_event disable trigger user; update audit_event set facts = ${facts}; alter table audit_event enable trigger user`,
  );
  return columns;
}

test("T11: every page comes with a policy of its own: a new nonce each time, on every script, and nothing unsafe", async () => {
  const { cookie } = await comeIn(place.origin, "manager");
  const nonces = new Set<string>();
  for (const path of ["/signin", ...pagesOfTheBuild().filter((page) => !page.startsWith("/admin"))]) {
    const { text, head } = await ask(at(path), {
      ...{
        cookie,
        "x-nonce": "bm90LW15LW5vbmNl",
        "content-security-policy": "script-src 'nonce-bm90LW15LW5vbmNl'",
      },
    });
    const policy = head.get("content-security-policy") ?? "";
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1] ?? "";
    for (const part of [
      "base-uri 'none'",
      "object-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ])
      expect(policy, path).toContain(part);
    expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toMatch(/unsafe-(inline|eval)|\*/);
    const scripts = text.match(/<script[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(3);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
    expect(text).not.toContain("bm90LW15LW5vbmNl");
    nonces.add(nonce);
    const names = [
      "x-content-type-options",
      "referrer-policy",
      "cache-control",
      "access-control-allow-origin",
    ];
    const kept = names.map((name) => head.get(name));
    expect(kept, path).toEqual(["nosniff", "same-origin", "private, no-store", null]);
  }
  expect(nonces.size).toBe(pagesOfTheBuild().filter((page) => !page.startsWith("/admin")).length + 1);
  expect(nonces).not.toContain("");
});

test("T11: scripts in every text of people and gateways come to no page as more than text", async () => {
  const columns = await poison();
  const markup = payloads.filter((text) => text.includes("<"));
  expect(markup.length).toBeGreaterThanOrEqual(30);
  const got: string[] = [];
  const look = (path: string, text: string) => {
    got.push(...markup.filter((one) => text.includes(one)).map((one) => `${path}: ${one}`));
    if (/(?:href|src|action)="javascript:/i.test(text)) got.push(`${path}: an address that is a script`);
  };
  let carriers = 0;
  for (const username of ["cashier", "manager", "owner"]) {
    const { cookie } = await comeIn(place.origin, username);
    for (const path of pagesOfTheBuild()) {
      const { text } = await ask(at(path), { cookie });
      look(`${username} ${path}`, text);
      if (text.includes("&lt;svg/onload=")) carriers += 1;
    }
  }
  const { cookie } = await comeIn(place.origin, "manager");
  for (const [place, one] of payloads.entries()) {
    const query = encodeURIComponent(one);
    const addresses = [
      `/search?q=${query}`,
      `/orders?no=${query}`,
      `/audit?who=${query}`,
      `/signin?next=${query}`,
    ];
    const path = addresses[place % addresses.length] ?? "/";
    look(path, (await ask(at(path), { cookie })).text);
  }
  expect(got).toEqual([]);
  // Escaped, they did come: on every page that names the store, the person or what they wrote.
  expect(carriers).toBeGreaterThan(20);
  process.stdout.write(
    `| scripts as text | ${payloads.length} payloads in ${columns.length + 1} columns and in addresses, ${carriers} pages carried them as text, 0 as markup |\n`,
  );
});
