import "server-only";
import { randomInt } from "node:crypto";
import { currencyDecimals } from "#lib/domain/currency.ts";
import {
  type PracticeCase,
  practiceNo,
  practiceOf,
  practiceSerialLength,
  practiceSteps,
} from "#lib/domain/practice.ts";
import { ok, type Result, refuse } from "#lib/domain/result.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import type { Context } from "../context.ts";
import { type DeedAbout, type DeedRefusal, staffDeed } from "../settle/staff-deed.ts";
import { type PracticeAccount, practiceAccounts } from "./practice-accounts.ts";

/** `simulatorAway`: the simulator gave no answer; what was asked of it may have been done. */
export type PractiseRefusal = DeedRefusal | { readonly why: "simulatorAway" | "noMorePay" };
type Made = { readonly account: string; readonly orderNo: string };

const newSerial = () => Array.from({ length: practiceSerialLength }, () => randomInt(10)).join("");

/**
 * Makes an order with a situation to practise at the simulator of one of the person's stores. The audit has it before the
 * simulator is asked. Not found in a desk that is no drill.
 */
export async function practise(
  ctx: Context,
  by: CurrentStaff,
  { account: slug, practice }: { readonly account: string; readonly practice: PracticeCase },
): Promise<Result<Made, PractiseRefusal>> {
  const orderNo = practiceNo(practice, newSerial());
  const asked = await noted(ctx, by, { account: slug, orderNo });
  if (!asked.ok) return asked;
  const { line, currency } = asked.value;
  const steps = practiceSteps(practice, { ...line, orderNo }, 10 ** currencyDecimals[currency]);
  for (const step of steps) if ((await line.steer(step)) === null) return refuse({ why: "simulatorAway" });
  return ok({ account: slug, orderNo });
}

/**
 * The made-up customer pays a practice order, by the code they have on their phone: also one that was cancelled meanwhile.
 * `noMorePay`: it is paid already, or its time is over.
 */
export async function payPractice(
  ctx: Context,
  by: CurrentStaff,
  { account, orderNo }: Made,
): Promise<Result<null, PractiseRefusal>> {
  const asked = await noted(ctx, by, { account, orderNo });
  if (!asked.ok) return asked;
  const { line } = asked.value;
  const path = `orders/${encodeURIComponent(orderNo)}/pay?mchId=${encodeURIComponent(line.merchant)}`;
  const isPaid = (await line.steer({ path, body: {} })) !== null;
  return isPaid ? ok(null) : refuse({ why: "noMorePay" });
}

type About = DeedAbout & { readonly found: PracticeAccount };

/** Rights as they are now, the account found among the person's stores, and one line of the audit, done or refused. */
function noted(
  ctx: Context,
  by: CurrentStaff,
  { account: slug, orderNo }: Made,
): Promise<Result<PracticeAccount, DeedRefusal>> {
  return staffDeed<PracticeAccount, DeedRefusal, About>(ctx, by, {
    permission: "practise",
    async find(tx, who) {
      const [found] = await practiceAccounts(tx, who, slug);
      if (!found || practiceOf(orderNo) === null) return null;
      const about = { storeId: found.storeId, orderId: null, subject: slug, facts: { orderNo } };
      return { ...about, found };
    },
    act: async (_, __, { found }) => ok(found),
  });
}
