/**
 * A program: asks for the whole amount of the looked-up order `REFUND_ORDER_NO` as the demo's cashier and, unless
 * `REFUND_ONLY_ASKED` is set, approves it as its manager, past the screens, in the environment of a running desk.
 */
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { readStaff } from "#lib/auth/current-staff.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { merchantAccount, payOrder } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { approveRefund } from "#lib/use-cases/approve-refund.ts";
import { readBooks, snapshotOf } from "#lib/use-cases/order-books.ts";
import { requestRefund } from "#lib/use-cases/request-refund.ts";

const { db, pool } = appDatabase();

async function person(username: string): Promise<CurrentStaff> {
  const entered = await signIn(appDatabase(), { username, password: "storedesk-demo", deviceId: "by-hand" });
  const staff = entered.ok ? await readStaff(appDatabase(), entered.value, { isAction: true }) : null;
  if (!staff) throw new Error(`${username} was not let in`);
  return staff;
}

const orderNo = process.env.REFUND_ORDER_NO ?? "";
const [found] = await db
  .select({ id: payOrder.id, account: merchantAccount.slug, paidMinor: payOrder.paidMinor })
  .from(payOrder)
  .innerJoin(merchantAccount, eq(merchantAccount.id, payOrder.accountId))
  .where(eq(payOrder.orderNo, orderNo));
if (!found) throw new Error(`nobody has looked ${orderNo} up`);
const asked = await requestRefund(appContext(), await person("cashier"), {
  account: found.account,
  orderNo,
  clientRequestId: randomUUID(),
  amountMinor: found.paidMinor,
  reason: "returned",
  note: "",
});
if (!asked.ok) throw new Error(`not asked: ${JSON.stringify(asked.refusal)}`);
const { requestNo } = asked.value;
if (!process.env.REFUND_ONLY_ASKED) await approve();
console.log(requestNo);
await pool.end();

async function approve(): Promise<void> {
  if (!found) return;
  const seen = snapshotOf(await readBooks(db, found.id), found.paidMinor);
  const approved = await approveRefund(appContext(), await person("manager"), {
    requestNo,
    seen,
    takeStepUp: async () => true,
  });
  if (!approved.ok) throw new Error(`not approved: ${JSON.stringify(approved.refusal)}`);
}
