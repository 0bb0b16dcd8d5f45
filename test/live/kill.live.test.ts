import { afterAll, beforeAll, expect, test } from "vitest";
import { runScript } from "#scripts/launch/programs.mjs";
import { isAlive } from "#scripts/process/facts.mjs";
import {
  askBooks,
  closeDesk,
  type Desk,
  envBeside,
  findPlace,
  openDesk,
  type Place,
  programsOf,
} from "../app.ts";
import { comeIn, type Teller } from "../teller.ts";

/** One desk lives through the whole file, as in a shop on a bad day. */
const orderNo = "PO180101001";
let place: Place;
let desk: Desk;
let cashier: Teller;
let firstReadyMs = 0;

beforeAll(async () => {
  place = await findPlace();
  desk = await openDesk(place);
  cashier = await comeIn(place.origin, "cashier");
  await (await cashier.get(`${place.origin}/search?q=${orderNo}`)).text();
  firstReadyMs = desk.readyMs;
});
afterAll(() => closeDesk(place, desk));

async function control(path: string) {
  return (await fetch(`${place.control}/${path}`)).json();
}

async function refunds(): Promise<number[]> {
  const [order] = await control(`orders?storeOrderNo=${orderNo}`);
  return order.effects
    .filter(({ kind }: { kind: string }) => kind === "refund")
    .map(({ amount }: { amount: number }) => amount);
}

/** What the cashier's page would read now; null while nobody answers. */
async function told(): Promise<string | null> {
  const answer = await cashier.get(`${place.origin}/api/orders/xinyi/${orderNo}/status`).catch(() => null);
  return answer?.status === 200 ? (await answer.json()).state : null;
}

const soon = { timeout: 60_000, interval: 100 };

test.each(["dashboard", "simulators", "database"] as const)(
  "kill -9 of the %s: the desk brings it back by itself, the session stands and the books are whole",
  async (name) => {
    const before = programsOf(place, desk)[name];
    expect(before).toBeGreaterThan(0);
    process.kill(before, "SIGKILL");
    await expect.poll(() => programsOf(place, desk)[name], soon).not.toBe(before);
    await expect.poll(told, soon).toBe("paid");
    await expect.poll(() => refunds().catch(() => null), soon).toEqual([]);
    expect(isAlive(desk.pid)).toBe(true);
  },
);

test("kill -9 of the launcher: nothing it served lives on, and the next start adopts the database", async () => {
  const { launcher, dashboard, simulators, database } = programsOf(place, desk);
  process.kill(launcher, "SIGKILL");
  await expect.poll(() => [dashboard, simulators].some(isAlive), soon).toBe(false);
  desk = await openDesk(place);
  expect(programsOf(place, desk).database).toBe(database);
  expect(await told()).toBe("paid");
});

test("kill -9 of all at once: the next start opens as fast as the first, and a refund that stood ready is sent once", async () => {
  const pause = (why: string) => askBooks(place, `update merchant_account set sending_paused_why = ${why}`);
  await pause("'the test holds it'");
  await runScript(
    "test/approved-refund.ts",
    { ...envBeside(place), STOREDESK_DEMO: "1", REFUND_ORDER_NO: orderNo },
    AbortSignal.timeout(60_000),
  );
  const ops = () =>
    askBooks(place, "select state, (select count(*)::int from op_attempt) as attempts from money_op");
  expect(await ops()).toEqual([{ state: "READY", attempts: 0 }]);
  for (const pid of Object.values(programsOf(place, desk))) process.kill(pid, "SIGKILL");
  desk = await openDesk(place);
  console.log(`a start after kill -9 of everything: ${desk.readyMs} ms; the first start: ${firstReadyMs} ms`);
  expect(desk.readyMs).toBeLessThan(1.5 * firstReadyMs);
  expect(await ops()).toEqual([{ state: "READY", attempts: 0 }]);
  expect(await refunds()).toEqual([]);
  await pause("null");
  await expect.poll(told, soon).toBe("refunded");
  expect(await ops()).toEqual([{ state: "SUCCEEDED", attempts: 1 }]);
  expect(await refunds()).toEqual([1200]);
});

test("a second start in the same folder says who is there and leaves the first alone", async () => {
  await expect(openDesk(place)).rejects.toThrow(
    `Already running on http://localhost:${place.env.PORT} (process ${desk.pid}) with the data in ${place.data}.`,
  );
  expect(await told()).toBe("refunded");
});
