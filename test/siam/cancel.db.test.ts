import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { guardCheck, refundRequest } from "#lib/db/schema.ts";
import { verdictOf } from "#lib/domain/verdict.ts";
import { cancelOrder } from "#lib/use-cases/cancel-order.ts";
import { factsOf, readBooks } from "#lib/use-cases/order-books.ts";
import { takeNotice } from "#lib/use-cases/take-notice.ts";
import { viewOrder } from "#lib/use-cases/view-order.ts";
import { type At, openCounter } from "../counter.ts";
import { quietMs, recoveryOf } from "../recovery.ts";

const counter = openCounter({ isKsher: true });
const { open, control, order, settled, returned } = counter;
const { told, opsOf, pass } = recoveryOf(counter);
const db = () => counter.database.db;

const press = (at: At) => cancelOrder(open().ctx, open().cashier, { ...at, clientRequestId: randomUUID() });
const verdict = async (at: At) => verdictOf(factsOf(await readBooks(db(), at.id)));
const looks = (at: At) => db().select().from(guardCheck).where(eq(guardCheck.orderId, at.id));
const answer = (at: At, code: string) =>
  control("POST", "faults", { kind: "code", code, service: "cancel_order", storeOrderNo: at.orderNo });
const calls = async (at: At): Promise<string[]> => {
  const arrivals: { service: string; storeOrderNo: string }[] = await control("GET", "arrivals");
  return arrivals.flatMap(({ service, storeOrderNo }) => (storeOrderNo === at.orderNo ? [service] : []));
};

describe("scenario 21a: an unpaid Ksher order is cancelled", () => {
  test("the server asks, cancels, asks again, and goes on watching, because a saved code can still be paid", async () => {
    const at = await order("open");
    expect(await press(at)).toMatchObject({ ok: true });
    await settled(at, "SUCCEEDED");
    await expect.poll(async () => (await opsOf(at))[0]?.confirmedAt ?? null).not.toBeNull();
    expect(await verdict(at)).toBe("cancelled");
    const made = await calls(at);
    expect(made.filter((service) => service === "cancel_order")).toHaveLength(1);
    expect(made.at(made.indexOf("cancel_order") - 1)).toBe("gateway_order_query");
    expect(made.slice(made.indexOf("cancel_order") + 1)).toContain("gateway_order_query");
    expect(await looks(at)).toHaveLength(21);
  });

  test.each([
    ["-1", "configuration"],
    ["-2", "credentials"],
    ["-3", "not-found"],
    ["-6", "cancel-failed"],
  ])(
    "refused with %s while it waits: nothing is called done or failed, and the screen says why",
    async (code, why) => {
      const at = await order("open");
      await answer(at, code);
      await press(at);
      await settled(at, "UNKNOWN");
      const view = await viewOrder(open().ctx, open().cashier, at);
      expect(view?.step).toMatchObject({ kind: "CANCEL", refusal: why });
      expect(view?.canCancel).toBe(false);
      await db().execute("update merchant_account set sending_paused_why = null");
      await pass(at, quietMs);
      await settled(at, "FAILED");
      expect((await viewOrder(open().ctx, open().cashier, at))?.canCancel).toBe(true);
    },
  );

  test("refused with -4 because the customer has paid: the order is paid, and a refund can be asked for", async () => {
    const at = await order("open");
    await answer(at, "-4");
    await press(at);
    await settled(at, "UNKNOWN");
    await control("POST", `orders/${at.orderNo}/pay`, { channel: "truemoney" });
    await pass(at, 0);
    await settled(at, "FAILED");
    expect(await viewOrder(open().ctx, open().cashier, at)).toMatchObject({
      verdict: "paid",
      canRefund: true,
    });
  });

  test("refused with -5 because it was cancelled before: cancelled, once it is seen closed", async () => {
    const at = await order("open");
    await control("POST", "faults", {
      ...{ kind: "code", code: "-5", effect: true },
      ...{ service: "cancel_order", storeOrderNo: at.orderNo },
    });
    await press(at);
    await settled(at, "SUCCEEDED");
    expect(await verdict(at)).toBe("cancelled");
  });
});

test("scenario 20: the saved code is paid after the cancel; the notice shows it at once, one refund waits for a manager, nothing moves by itself", async () => {
  const at = await order("open");
  await press(at);
  await settled(at, "SUCCEEDED");
  await control("POST", `orders/${at.orderNo}/pay`, { channel: "promptpay" });
  const notice = await genuineNotice(at);
  expect(await takeNotice(open().ctx, at.account, notice)).toMatchObject({ what: "taken" });
  expect(await told(at, "paidAfterCancel")).toMatchObject({ facts: { amountMinor: 1000, currency: "THB" } });
  expect(await verdict(at)).toBe("paidAfterCancel");
  const requests = await db().select().from(refundRequest).where(eq(refundRequest.orderId, at.id));
  expect(requests).toMatchObject([{ status: "REQUESTED", amountMinor: 1000, currency: "THB" }]);
  expect(await returned(at)).toEqual([]);
});

/** What the gateway would post about an order. */
async function genuineNotice({ orderNo }: At): Promise<Uint8Array> {
  const { createServer } = await import("node:http");
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    bodies.push(Buffer.concat(pieces));
    response.end('{"result":"SUCCESS","msg":"OK"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { mchId } = open().simulator;
  await control("POST", "merchants", { mchId, notifyUrl: `http://127.0.0.1:${port}/` });
  await control("POST", "notify", { storeOrderNo: orderNo });
  await expect.poll(() => bodies.length).toBeGreaterThan(0);
  server.close();
  await control("POST", "merchants", { mchId, notifyUrl: null });
  return new Uint8Array(bodies[0] ?? []);
}
