/** B5 and B6: what we add to the gateway's own time. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readStaff } from "#lib/auth/current-staff.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { approveRefund } from "#lib/use-cases/approve-refund.ts";
import { startClerk } from "#lib/use-cases/clerk.ts";
import type { OpenAccount } from "#lib/use-cases/context.ts";
import { readBooks, snapshotOf } from "#lib/use-cases/order-books.ts";
import { requestRefund } from "#lib/use-cases/request-refund.ts";
import { atMost, type Figure, median, quantile, type Size, sideBySide, timed, within } from "../measure.ts";
import { account, type BenchStage } from "../stage.ts";
import { hire } from "./people.ts";

const totalMinor = 10_000;
const call = { deadlineMs: 10_000 };

async function person(username: string): Promise<CurrentStaff> {
  const entered = await signIn(appDatabase(), { username, password: "storedesk-demo", deviceId: "bench" });
  const staff = entered.ok ? await readStaff(appDatabase(), entered.value, { isAction: true }) : null;
  if (!staff) throw new Error(`${username} was not let in`);
  return staff;
}

/** The account's lane without its gap: the gateway's rule is not what is measured here. */
async function openLane(stage: BenchStage): Promise<OpenAccount> {
  await setGap(stage, 0);
  const { rows } = await stage.books.query("select id from merchant_account where slug = $1", [account]);
  return appContext().openAccount(rows[0].id);
}

/** The gap that we keep; the gateway demands its own only where we keep one, and not of a call just made without one. */
async function setGap({ books, control }: BenchStage, gapMs: number): Promise<void> {
  if (gapMs === 0) await control("settings", { rateLimit: false });
  await books.query(
    `update gateway_lane set gap_ms = $2::int, next_free_at = clock_timestamp() + make_interval(secs => $2::int / 1000.0)
      where account_id = (select id from merchant_account where slug = $1)`,
    [account, gapMs],
  );
  if (gapMs > 0) await control("settings", { rateLimit: true });
}

/** Every answer of the gateway takes this long from now on. */
async function slowDown({ control }: BenchStage, delayMs: number): Promise<void> {
  await control("faults", { kind: "delay", delayMs, times: 1_000_000 });
}

async function lookUps(stage: BenchStage, { gateway }: OpenAccount, delayMs: number, times: number) {
  await slowDown(stage, delayMs);
  const [desk] = stage.instances;
  let serial = 0;
  const fresh = async () => {
    serial += 1;
    const orderNo = `B${delayMs}-${serial}-${randomUUID().slice(0, 6)}`;
    await stage.order(orderNo, "paid");
    return orderNo;
  };
  return sideBySide(
    times,
    async () => {
      const orderNo = await fresh();
      return timed(async () => (await stage.cashier.get(desk + paths.search(orderNo))).text());
    },
    async () => {
      const orderNo = await fresh();
      return timed(() => gateway.queryOrder(orderNo, call));
    },
  );
}

/** The order in our books, looked up as often as it takes: the clerks use the lane too. */
async function inBooks({ books, cashier, instances: [desk] }: BenchStage, orderNo: string) {
  for (let left = 10; left > 0; left -= 1) {
    await (await cashier.get(desk + paths.search(orderNo))).text();
    const { rows } = await books.query<{ id: string; paid: number }>(
      "select id, paid_minor::int as paid from pay_order where order_no = $1 and paid_minor > 0",
      [orderNo],
    );
    if (rows[0]) return rows[0];
  }
  throw new Error(`${orderNo} was not found`);
}

/** From the manager's yes to the outcome in our books, by this process's clerk and those of the two instances. */
async function approvals(stage: BenchStage, open: OpenAccount, times: number) {
  // Somebody may be signed in at three places, and the cashier is at two already.
  const [hired = ""] = await hire(1);
  const [cashier, manager] = [await person(hired), await person("manager")];
  const { books, control } = stage;
  const paid = async () => {
    const orderNo = `R-${randomUUID().slice(0, 12)}`;
    await control("orders", { storeOrderNo: orderNo, totalFee: totalMinor / 100, state: "paid" });
    return orderNo;
  };
  async function ours() {
    const orderNo = await paid();
    const { id, paid: paidMinor } = await inBooks(stage, orderNo);
    const asked = await requestRefund(appContext(), cashier, {
      ...{ account, orderNo, clientRequestId: randomUUID(), amountMinor: paidMinor },
      ...{ reason: "returned" as const, note: "" },
    });
    if (!asked.ok) throw new Error(JSON.stringify(asked.refusal));
    const { requestNo } = asked.value;
    const seen = snapshotOf(await readBooks(appDatabase().db, id), paidMinor);
    return timed(async () => {
      const yes = await approveRefund(appContext(), manager, {
        requestNo,
        seen,
        takeStepUp: async () => true,
      });
      if (!yes.ok) throw new Error(JSON.stringify(yes.refusal));
      // As the door does after every deed.
      appContext().bell.ring();
      for (;;) {
        const { rows: ops } = await books.query("select state from money_op where id = $1", [yes.value.opId]);
        if (["SUCCEEDED", "ACCEPTED"].includes(ops[0].state)) return;
        await sleep(1);
      }
    });
  }
  /** Two durable commits, the preflight and the send. */
  async function peer() {
    const orderNo = await paid();
    const commit = () => books.query("insert into bench_commit (at) values (clock_timestamp())");
    return timed(async () => {
      await commit();
      const facts = await open.gateway.queryOrder(orderNo, call);
      if (facts.outcome !== "done") throw new Error(`the peer's query: ${facts.outcome}`);
      const done = await open.gateway.refund(
        {
          ...{
            orderNo,
            refundNo: randomUUID().slice(0, 18).replaceAll("-", ""),
            refundMinor: facts.value.amountMinor ?? 0,
          },
          ...{ orderAmountMinor: facts.value.amountMinor ?? 0, reason: "returned", cashier: "bench" },
          ...{ storeCode: open.storeCode, handles: facts.value.handles },
        },
        call,
      );
      if (done.outcome !== "done") throw new Error(`the peer's refund: ${JSON.stringify(done)}`);
      await commit();
    });
  }
  await books.query("create table if not exists bench_commit (at timestamptz)");
  return sideBySide(times, ours, peer);
}

export async function gateway(stage: BenchStage, size: Size): Promise<Figure[]> {
  const open = await openLane(stage);
  const times = size === "small" ? 3 : 100;
  const near = await lookUps(stage, open, 50, times);
  await stage.control("faults", undefined, "DELETE");
  const far = await lookUps(stage, open, 300, size === "small" ? 2 : 40);
  await stage.control("faults", undefined, "DELETE");
  const stopClerk = startClerk(appContext());
  const refunds = await approvals(stage, open, size === "small" ? 2 : 40);
  await stopClerk();
  await setGap(stage, limits.laneGapMs);
  const added = refunds.ours.map((ms, n) => ms - (refunds.peer[n] ?? 0));
  return [
    atMost("B5", "look-up of an unknown order, gateway in 50 ms, median", {
      ...{ ours: median(near.ours), peer: median(near.peer), limit: 1.1 },
    }),
    atMost("B5", "the same, 95th of 100", {
      ...{ ours: quantile(near.ours, 0.95), peer: quantile(near.peer, 0.95), limit: 1.15 },
    }),
    atMost("B5", "gateway in 300 ms, median", {
      ours: median(far.ours),
      peer: median(far.peer),
      limit: 1.03,
    }),
    within("B6", "approved to outcome, over two commits, query and send; median", {
      ours: median(added),
      limit: 10,
    }),
    within("B6", "the same, 95th of 100", { ours: quantile(added, 0.95), limit: 20 }),
  ];
}
