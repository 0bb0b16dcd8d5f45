import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { auditEvent, refundRequest, staffStore, store } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { openCounter } from "#test/counter.ts";
import { makeShop } from "#test/shop.ts";
import { requestRefund } from "../request-refund.ts";
import { viewRefundForm } from "../requests/view-refund-form.ts";
import { viewRequest } from "../requests/view-request.ts";
import { changeReasons, viewReasons } from "./change-reasons.ts";
import { putOwnStore } from "./put-own-store.ts";

const counter = openCounter();
const { open, hire, order, settled, approve } = counter;
const db = () => counter.database.db;
const owner = () => hire(open().shop.shop.id, "owner");
afterEach(() => db().update(store).set({ refundReasons: null }));

const set = (by: CurrentStaff, reasons: readonly string[]) => changeReasons(open().ctx, by, { reasons });
async function ask(reason: string) {
  const at = await order("paid");
  const wish = { ...at, clientRequestId: randomUUID(), amountMinor: 1000, reason, note: "" };
  return { at, answer: await requestRefund(open().ctx, open().cashier, wish) };
}
const lines = (action: string) => db().select().from(auditEvent).where(eq(auditEvent.action, action));

describe("an owner's list of reasons", () => {
  test("is what the next form offers, in its order, and what a request keeps: the gateway, the page and the audit have its words", async () => {
    const who = await owner();
    expect(await set(who, ["試吃不合", "damaged"])).toEqual({ ok: true, value: null });
    const { at, answer } = await ask("試吃不合");
    const form = await viewRefundForm(open().ctx, open().cashier, { ...at, previousNo: undefined });
    expect(form?.reasons).toEqual(["試吃不合", "damaged"]);
    const requestNo = answer.ok ? answer.value.requestNo : "";
    expect(await set(who, ["damaged"])).toMatchObject({ ok: true });
    const shown = await viewRequest(open().ctx, open().cashier, requestNo);
    expect(shown?.row.reason).toBe("試吃不合");
    expect((await lines("request-refund")).at(-1)?.facts.reason).toBe("試吃不合");
    expect(await approve(at, requestNo)).toMatchObject({ ok: true });
    await settled(at, "SUCCEEDED");
    const changed = await lines("change-reasons");
    expect(changed.map(({ facts }) => [facts.before, facts.after])).toEqual([
      ["returned、damaged、wrong-item、wrong-amount、not-delivered、other", "試吃不合、damaged"],
      ["試吃不合、damaged", "damaged"],
    ]);
  });

  test("a reason that was retired after the form was read is refused beside its field, and nothing is asked", async () => {
    expect((await set(await owner(), ["damaged"])).ok).toBe(true);
    const { at, answer } = await ask("returned");
    expect(answer).toEqual({
      ...{ ok: false, refusal: { why: "reasonGone", fields: { reason: "reasonGone" } } },
    });
    expect(await db().select().from(refundRequest).where(eq(refundRequest.orderId, at.id))).toEqual([]);
    expect((await lines("request-refund")).at(-1)).toMatchObject({ outcome: "refused", orderId: at.id });
  });

  test("a word that is on no list is refused also where the store has the list of the house", async () => {
    expect((await ask("whatever")).answer).toMatchObject({ refusal: { why: "reasonGone" } });
    expect((await ask("damaged")).answer).toMatchObject({ ok: true });
  });

  test("is the same in all stores of the owner, also one opened later, and in nobody else's", async () => {
    const [second, foreign] = [await makeShop(counter.database), await makeShop(counter.database)];
    const who = await owner();
    await db().insert(staffStore).values({ staffId: who.staffId, storeId: second.shop.id });
    expect((await set(who, ["damaged", "太甜"])).ok).toBe(true);
    const code = `R${randomUUID().slice(0, 6)}`;
    const opened = {
      isNew: true,
      code,
      name: "新店",
      timeZone: "Asia/Taipei",
      currency: "TWD",
      dayCutAt: "00:00",
    };
    const both = { ...who, storeIds: [open().shop.shop.id, second.shop.id] };
    expect((await putOwnStore(open().ctx, both, opened)).ok).toBe(true);
    const rows = await db().select().from(store);
    const listOf = (one: string) => rows.find((row) => row.code === one)?.refundReasons;
    for (const one of [open().shop.shop.code, second.shop.code, code])
      expect(listOf(one)).toEqual(["damaged", "太甜"]);
    expect(listOf(foreign.shop.code)).toBeNull();
    expect(await viewReasons(open().ctx, who)).toEqual(["damaged", "太甜"]);
  });

  test("is set by owners only, never empty, never twice the same; every try is on record", async () => {
    const before = (await lines("change-reasons")).length;
    expect(await set(open().manager, ["damaged"])).toMatchObject({ refusal: { why: "notAllowed" } });
    expect(await viewReasons(open().ctx, open().manager)).toBeNull();
    expect(await set(await owner(), [])).toMatchObject({ refusal: { why: "badInput" } });
    expect(await set(await owner(), ["damaged", "damaged"])).toMatchObject({
      refusal: { fields: { "reasons.1": "twice" } },
    });
    const rows = (await lines("change-reasons")).slice(before);
    expect(rows.map(({ outcome }) => outcome)).toEqual(["refused", "refused", "refused"]);
    expect((await db().select().from(store)).every(({ refundReasons }) => refundReasons === null)).toBe(true);
  });
});
