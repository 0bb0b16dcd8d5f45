import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRightSecret } from "#lib/auth/password.ts";
import { idleConnectionMs } from "#scripts/launch/programs.mjs";
import {
  askBooks,
  closeDesk,
  type Desk,
  findPlace,
  launch,
  openDesk,
  type Place,
  run,
  type Variables,
} from "../app.ts";
import { openCollector } from "../collector.ts";
import { comeIn } from "../teller.ts";

/** contract.md: what an operator and an outside test may rely on. One desk, opened in demo mode and then without. */
let place: Place;
let desk: Desk;
let collector: Awaited<ReturnType<typeof openCollector>>;
beforeAll(async () => {
  collector = await openCollector();
  place = await findPlace();
  desk = await openDesk(place);
});
afterAll(async () => {
  await closeDesk(place, desk);
  await collector.close();
});

const signInPage = async () => (await fetch(`${place.origin}/signin`)).text();
const canary = { trade: "canary-trade-77", refund: "canary-refund-77", password: "canary-password-77" };

/** What `npm run provision -- FILE` runs, beside the running desk. */
async function provision(file: object) {
  const path = join(place.data, "shop.json");
  writeFileSync(path, JSON.stringify(file));
  const script = JSON.parse(readFileSync("package.json", "utf8")).scripts.provision.split(" ").slice(1);
  const { status, stdout, stderr } = await run(process.execPath, [...script, path], { env: place.env });
  for (const secret of Object.values(canary)) expect(stdout + stderr).not.toContain(secret);
  return { status, said: stdout.trim().split("\n"), faults: stderr.trim().split("\n") };
}

async function secondShop() {
  const [{ publicKeyPem, ivs }] = await (await fetch(`${place.control}/merchants`)).json();
  return {
    stores: [{ code: "00077", name: "二店", timeZone: "Asia/Taipei", currency: "TWD", dayCutAt: "00:00" }],
    merchantAccounts: [
      {
        ...{
          slug: "second",
          store: "00077",
          gateway: "scan2pay",
          merchantId: "S2PSIM0002",
          iv: ivs[0],
          publicKeyPem,
        },
        ...{ url: `${new URL(place.control).origin}/allpaypass/api/general`, partialRefund: true },
        ...{ tradePassword: canary.trade, refundPassword: canary.refund },
      },
    ],
    staff: [
      {
        ...{ username: "second-cashier", name: "二店收銀", role: "cashier", stores: ["00077"] },
        ...{ password: canary.password, pin: "135791", refundLimitMinor: 0 },
      },
    ],
  };
}

describe("in demo mode", () => {
  test.each([
    ["cashier", "cashier", ["00001"]],
    ["manager", "manager", ["00001"]],
    ["manager2", "manager", ["00001"]],
    ["siam-cashier", "cashier", ["00002"]],
    ["siam-manager", "manager", ["00002"]],
    ["owner", "owner", ["00001", "00002"]],
    ["auditor", "auditor", []],
  ])("%s comes in with the demo's password, as %s, with the demo's PIN", async (username, role, stores) => {
    await comeIn(place.origin, username, "storedesk-demo");
    const [row] = await askBooks<{ role: string; pin_hash: string; stores: string[] }>(
      place,
      `select p.role, p.pin_hash, coalesce(array_agg(s.code order by s.code) filter (where s.code is not null), '{}') as stores
         from staff p left join staff_store x on x.staff_id = p.id left join store s on s.id = x.store_id
        where p.username = '${username}' group by p.id`,
    );
    expect(row).toMatchObject({ role, stores });
    expect(await isRightSecret(row?.pin_hash ?? null, "246810")).toBe(true);
  });

  test("the start ends with the address, and the sign-in page and the start name the accounts", async () => {
    const last = desk.said().trim().split("\n").at(-1);
    expect(last).toBe(`Storedesk ready on http://localhost:${place.env.PORT}`);
    const names = ["cashier", "manager", "manager2", "siam-cashier", "siam-manager", "owner", "auditor"];
    const words = [...names, "storedesk-demo", "246810"];
    for (const text of [desk.said(), await signInPage()])
      expect(words.filter((word) => !text.includes(word))).toEqual([]);
    expect(desk.said()).toContain("PO180101001");
  });
});

test("a proxy in front may keep its connections: the desk hangs up on none that it may be about to use", async () => {
  const { headers } = await fetch(`${place.origin}/api/health`);
  expect(headers.get("keep-alive")).toBe(`timeout=${idleConnectionMs / 1000}`);
});

describe("npm run provision -- FILE beside a running desk", () => {
  test("says what it added, the second time that nothing is to change, and its people come in at once", async () => {
    const shop = await secondShop();
    expect(await provision(shop)).toMatchObject({
      status: 0,
      said: ["store 00077: added", "merchant account second: added", "staff second-cashier: added"],
    });
    expect(await provision(shop)).toMatchObject({ status: 0, said: ["nothing to change"] });
    await comeIn(place.origin, "second-cashier", canary.password);
  });

  test("a wrong file changes nothing and is answered with every fault and its place", async () => {
    const [store] = (await secondShop()).stores;
    const before = await askBooks(place, "select * from store order by code");
    const { status, faults } = await provision({
      stores: [
        { ...store, name: "另一個名字" },
        { ...store, code: "00078", timeZone: "Taipei" },
      ],
      staff: [
        { username: "x", name: "X", role: "cashier", stores: ["00099"], password: canary.password, pin: "1" },
      ],
    });
    expect(status).toBe(1);
    expect(faults).toEqual([
      "stores.1.timeZone: is no time zone",
      "staff.0.pin: must be six digits",
      "staff.0.stores.0: there is no store 00099",
      "Nothing was changed.",
    ]);
    expect(await askBooks(place, "select * from store order by code")).toEqual(before);
  });
});

describe("a wrong variable stops the start with one sentence that names it", () => {
  test.each([
    ["PORT", { PORT: "http" }],
    ["PORT", { PORT: "70000" }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://db/desk" }],
    ["DATABASE_URL", { DATABASE_URL: "postgres://me:canary-77@127.0.0.1:1/desk", STOREDESK_DEMO: "1" }],
    ["STOREDESK_DATA", { STOREDESK_DATA: "/dev/null/data" }],
    ["STOREDESK_DEMO", { STOREDESK_DEMO: "yes" }],
    ["STOREDESK_MASTER_KEY", { STOREDESK_DEMO: "0" }],
    ["STOREDESK_MASTER_KEY", { STOREDESK_MASTER_KEY: "canary-77" }],
    ["STOREDESK_URL", { STOREDESK_URL: "desk.example.com" }],
    ["SCAN2PAY_SIMULATOR_PORT", { SCAN2PAY_SIMULATOR_PORT: "0" }],
    ["KSHER_SIMULATOR_PORT", { KSHER_SIMULATOR_PORT: "4020.5" }],
  ])("%s: %o", async (name, variables) => {
    const other = await findPlace();
    const { ended, said } = launch(other, variables as Variables);
    expect(await ended).toBe(1);
    rmSync(other.data, { recursive: true });
    const faults = said()
      .split("\n")
      .filter((line) => line.startsWith("Storedesk: "));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
    expect(said()).not.toContain("canary-77");
    expect(said()).not.toMatch(/^ {4}at /m);
  });
});

test("what open pages ask is answered before Next sees it: a number that is no text is none of the shop's", async () => {
  const teller = await comeIn(place.origin, "cashier");
  const answer = await teller.get(`${place.origin}/api/orders/xinyi/%E0%A4%A/status`);
  expect([answer.status, await answer.text()]).toEqual([404, '{"error":"notFound"}']);
});

test("STOREDESK_DEMO=0: no account is shown, none of the demo's comes in, no simulator runs; the shop's own work on", async () => {
  const masterKey = readFileSync(join(place.data, "master-key"), "utf8").trim();
  process.kill(desk.pid, "SIGTERM");
  expect(await desk.ended).toBe(0);
  desk = await openDesk(place, {
    ...{ STOREDESK_DEMO: "0", STOREDESK_MASTER_KEY: masterKey },
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" },
    OTEL_BSP_SCHEDULE_DELAY: "100",
  });
  const shown = (await signInPage()) + desk.said();
  const words = ["storedesk-demo", "246810", "PO180101001", "siam-cashier"];
  expect(words.filter((word) => shown.includes(word))).toEqual([]);
  for (const username of ["cashier", "owner"])
    await expect(comeIn(place.origin, username)).rejects.toThrow("was not let in");
  await expect(fetch(`${place.control}/`)).rejects.toThrow();
  await comeIn(place.origin, "second-cashier", canary.password);
});

test("a collector that a variable names gets each request by the pattern of its route, and nothing that was typed", async () => {
  const typed = "PO-typed-by-hand";
  await fetch(`${place.origin}/orders/second/${typed}?q=${typed}`, { redirect: "manual" });
  const names = () => collector.spans().map(({ name }) => name);
  await expect.poll(names).toContain("GET /orders/[account]/[orderNo]");
  await fetch(`${place.origin}/api/orders/second/${typed}/status`);
  await expect.poll(names).toContain("GET /api/orders/[account]/[orderNo]/status");
  expect(collector.arrived.some(({ bytes }) => bytes.includes(typed))).toBe(false);
});

test("T22: a drill starts on none of this shop's books, and the console says why", async () => {
  expect(/<html[^>]* data-drill/.test(await signInPage())).toBe(false);
  process.kill(desk.pid, "SIGTERM");
  expect(await desk.ended).toBe(0);
  const drill = launch(place, { STOREDESK_DRILL: "1", STOREDESK_DEMO: "1" });
  expect(await drill.ended).toBe(1);
  expect(drill.said()).toContain("This is no drill: these books hold the merchant account second.");
  expect(drill.said()).not.toContain("Storedesk ready on");
});
