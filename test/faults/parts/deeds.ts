import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { incident } from "#lib/db/schema.ts";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { approveRefund } from "#lib/use-cases/approve-refund.ts";
import { cancelOrder } from "#lib/use-cases/cancel-order.ts";
import { workAccount } from "#lib/use-cases/clerk.ts";
import type { Context } from "#lib/use-cases/context.ts";
import { sweep } from "#lib/use-cases/find-out/sweep.ts";
import { readBooks, snapshotOf } from "#lib/use-cases/order-books.ts";
import { requestRefund } from "#lib/use-cases/request-refund.ts";
import { confirmSettlement, proposeSettlement } from "#lib/use-cases/settle/settle-by-hand.ts";
import type { At } from "../../counter.ts";
import type { Profile } from "./profile.ts";
import { type Counter, letTimePass, recover, workOn } from "./recover.ts";
import { makeVictim } from "./victim.ts";

/** An order, and the number that a second press repeats. */
export type Thing = { readonly at: At; readonly no: string };

export const deedNames = [
  "request",
  "approve",
  "send",
  "query",
  "cancel",
  "send a cancel",
  "take over",
  "write down what was seen",
  "settle by hand",
] as const;
export type DeedName = (typeof deedNames)[number];

/** What is done, on an order that is made ready for it. */
export type Deed = {
  readonly name: DeedName;
  prepare(): Promise<Thing>;
  act(ctx: Context, it: Thing): Promise<unknown>;
  /** A person, who does it once more when no answer came; the audit tells it once. Null: the clerk. */
  readonly by: { again(it: Thing): Promise<unknown>; readonly told: string } | null;
  /** Where the order's operation may end; null: there is none. */
  readonly ends: readonly (MoneyOpState | null)[];
};

const seen = "the portal lists no refund of this order";

/** Everything that moves money or decides about it, from the form to the hand. */
export function deedsAt(counter: Counter, { paidBy, services }: Profile): readonly Deed[] {
  const { open, hire, order, asked, approve, control } = counter;
  let owner: CurrentStaff | undefined;
  const account = () => open().shop.account.id;
  const newOrder = async (state: "paid" | "open") => ({ at: await order(state, paidBy), no: randomUUID() });

  async function approved(): Promise<Thing> {
    const at = await order("paid", paidBy);
    const no = await asked(at);
    expect(await approve(at, no)).toMatchObject({ ok: true });
    return { at, no };
  }

  const spoil = ({ orderNo }: At, kind: string) =>
    control("POST", "faults", { kind, service: services.refund, storeOrderNo: orderNo });

  /** A refund that took effect and whose answer was lost. */
  async function unknown(): Promise<Thing> {
    const it = await approved();
    await spoil(it.at, "lost-after-effect");
    await workOn(counter, open().ctx, it.at);
    await letTimePass(counter, it.at);
    return it;
  }

  /** A sender that died after its claim, before a byte left. */
  async function abandoned(): Promise<Thing> {
    const it = await approved();
    const victim = makeVictim(counter, { at: "gateway refund: writes", blow: "dies" });
    expect(await victim.run((ctx) => workOn(counter, ctx, it.at))).toBe("dead");
    await letTimePass(counter, it.at, 1);
    return it;
  }

  /** A refund that never arrived: two people are needed. */
  async function forPeople(): Promise<Thing> {
    const it = await approved();
    await spoil(it.at, "lost-before-effect");
    await recover(counter, open().ctx, it.at);
    await sweep(open().ctx);
    const [row] = await counter.database.db.select().from(incident).where(eq(incident.orderId, it.at.id));
    return { at: it.at, no: row?.caseNo ?? "" };
  }

  const propose = (ctx: Context, { no }: Thing) =>
    proposeSettlement(ctx, open().manager, { caseNo: no, outcome: "FAILED", seen });
  const confirm = async (ctx: Context, { no }: Thing) => {
    owner ??= await hire(open().shop.shop.id, "owner");
    return confirmSettlement(ctx, owner, { caseNo: no, isRight: true });
  };
  const cancel = (ctx: Context, { at, no }: Thing) =>
    cancelOrder(ctx, open().cashier, { ...at, clientRequestId: no });
  const request = (ctx: Context, { at, no }: Thing) =>
    requestRefund(ctx, open().cashier, {
      ...at,
      ...{ clientRequestId: no, amountMinor: 1000, reason: "returned", note: "" },
    });
  const byPerson = (told: string, act: Deed["act"]) => ({
    act,
    by: { told, again: (it: Thing) => act(open().ctx, it) },
  });

  return [
    {
      name: "request",
      prepare: () => newOrder("paid"),
      ...byPerson("request-refund", request),
      ends: [null],
    },
    {
      name: "approve",
      prepare: async () => {
        const at = await order("paid", paidBy);
        return { at, no: await asked(at) };
      },
      ...byPerson("approve-refund", async (ctx, { at, no }) => {
        const facts = snapshotOf(await readBooks(ctx.database.db, at.id), 1000);
        return approveRefund(ctx, open().manager, {
          requestNo: no,
          seen: facts,
          takeStepUp: async () => true,
        });
      }),
      ends: ["SUCCEEDED"],
    },
    {
      name: "send",
      prepare: approved,
      act: (ctx, { at }) => workOn(counter, ctx, at),
      by: null,
      ends: ["SUCCEEDED", "NEEDS_PERSON"],
    },
    {
      name: "query",
      prepare: unknown,
      act: (ctx) => workAccount(ctx, account()),
      by: null,
      ends: ["SUCCEEDED"],
    },
    {
      name: "cancel",
      prepare: () => newOrder("open"),
      ...byPerson("cancel-order", cancel),
      ends: ["SUCCEEDED"],
    },
    {
      name: "send a cancel",
      prepare: async () => {
        const it = await newOrder("open");
        expect(await cancel(open().ctx, it)).toMatchObject({ ok: true });
        return it;
      },
      act: (ctx, { at }) => workOn(counter, ctx, at),
      by: null,
      ends: ["SUCCEEDED"],
    },
    { name: "take over", prepare: abandoned, act: sweep, by: null, ends: ["NEEDS_PERSON"] },
    {
      name: "write down what was seen",
      prepare: forPeople,
      ...byPerson("propose-settlement", propose),
      ends: ["NEEDS_PERSON"],
    },
    {
      name: "settle by hand",
      prepare: async () => {
        const it = await forPeople();
        expect(await propose(open().ctx, it)).toMatchObject({ ok: true });
        return it;
      },
      ...byPerson("confirm-settlement", confirm),
      ends: ["FAILED"],
    },
  ];
}
