import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { evidence } from "#lib/db/schema.ts";
import { limits } from "#lib/domain/limits.ts";
import { makeContext } from "#lib/use-cases/app-context.ts";
import { workAccount } from "#lib/use-cases/clerk.ts";
import type { Context } from "#lib/use-cases/context.ts";
import { sweep } from "#lib/use-cases/find-out/sweep.ts";
import { openCounter } from "../counter.ts";
import { recoveryOf } from "../recovery.ts";
import { isExhaustive } from "../thoroughness.ts";
import { letTimePass, recover } from "./parts/recover.ts";
import { mustHold } from "./parts/witness.ts";

const counter = openCounter({ hasClerk: false });
const { open, control, order, returned } = counter;
const { sent, opsOf } = recoveryOf(counter);
const account = () => open().shop.account.id;

beforeAll(async () => {
  await control("POST", "settings", { rateLimit: false });
  await counter.database.db.execute(sql`update gateway_lane set gap_ms = 0`);
});

/** An instance that stands still between the claim and the last gate before the write, for as long as `meanwhile` takes. */
function suspended(meanwhile: () => Promise<unknown>): Context {
  const ctx = makeContext(counter.database);
  return {
    ...ctx,
    async openAccount(id) {
      const { gateway, ...account } = await ctx.openAccount(id);
      const refund: typeof gateway.refund = async (ask, options) => {
        await meanwhile();
        return gateway.refund(ask, options);
      };
      return { ...account, gateway: { ...gateway, refund } };
    },
  };
}

async function isBeingSent(ctx: Context, orderId: string): Promise<void> {
  for (let jobs = 0; jobs < 3; jobs += 1) await workAccount(ctx, account());
  const proofs = await counter.database.db.select().from(evidence).where(eq(evidence.orderId, orderId));
  expect(proofs.filter(({ source }) => source === "send")).toMatchObject([{ outcome: "not-sent" }]);
}

/** How the clocks of a machine go on; the database's is another machine's. */
const naps = [
  { name: "the machine slept: only its wall clock went on", wallMs: limits.writeGateMs, steadyMs: 0 },
  {
    name: "the process was stopped: both clocks went on",
    wallMs: limits.writeGateMs,
    steadyMs: limits.writeGateMs,
  },
  {
    name: "it slept, and the wall clock was set back an hour",
    wallMs: -3_600_000,
    steadyMs: limits.writeGateMs,
  },
  { name: "the wall clock jumped an hour ahead", wallMs: 3_600_000, steadyMs: 0 },
  { name: "the wall clock was set back two seconds", wallMs: -2_000, steadyMs: 0 },
];

test.each(naps)(
  "$name: the paused send is not written, that is proven, and it leaves once afterwards",
  async ({ wallMs, steadyMs }) => {
    const at = await order("paid");
    await sent(at);
    const [wall, steady] = [Date.now.bind(Date), performance.now.bind(performance)];
    onTestFinished(() => void vi.restoreAllMocks());
    const ctx = suspended(async () => {
      vi.spyOn(Date, "now").mockImplementation(() => wall() + wallMs);
      vi.spyOn(performance, "now").mockImplementation(() => steady() + steadyMs);
    });
    await isBeingSent(ctx, at.id);
    vi.restoreAllMocks();
    expect(await returned(at)).toEqual([]);
    expect(await opsOf(at)).toMatchObject([{ state: "READY", why: "notSent:gate-closed" }]);
    await recover(counter, open().ctx, at);
    expect(await mustHold(counter, at)).toBe("SUCCEEDED");
  },
);

test("stopped beyond its lease and woken: another instance has taken over, nothing is written, and its proof changes nothing", async () => {
  const at = await order("paid");
  await sent(at);
  const ctx = suspended(async () => {
    await letTimePass(counter, at, 1);
    await sweep(open().ctx);
    expect(await opsOf(at)).toMatchObject([{ state: "UNKNOWN", why: "senderLost" }]);
  });
  await isBeingSent(ctx, at.id);
  expect(await opsOf(at)).toMatchObject([{ state: "UNKNOWN", why: "senderLost" }]);
  await recover(counter, open().ctx, at);
  expect(await mustHold(counter, at)).toBe("NEEDS_PERSON");
  expect(await returned(at)).toEqual([]);
});

const races = isExhaustive ? 500 : 6;

test(`four instances at one approved refund, ${races} times: one claims it, one refund leaves`, {
  timeout: 600_000,
}, async () => {
  const instances = Array.from({ length: 4 }, () => makeContext(counter.database));
  for (let round = 0; round < races; round += 1) {
    const at = await order("paid");
    await sent(at);
    while ((await opsOf(at))[0]?.state === "READY")
      await Promise.all(instances.map((ctx) => workAccount(ctx, account())));
    await recover(counter, open().ctx, at);
    expect(await mustHold(counter, at)).toBe("SUCCEEDED");
  }
});
