import { expect, test } from "vitest";
import { payOrder } from "#lib/db/schema.ts";
import { readOrderFilter } from "#lib/domain/order-filter.ts";
import { listChoices } from "#lib/use-cases/list-choices.ts";
import { listOrders } from "#lib/use-cases/list-orders.ts";
import { openCounter } from "../counter.ts";

const counter = openCounter({ isKsher: true, hasClerk: false });

test("scenario 9: without a receipt, 250 baht between 14:00 and 14:20 in Bangkok lists the matching orders of Siam, with nothing of the customer but the wallet", async () => {
  const { ctx, cashier, shop } = counter.open();
  const put = (orderNo: string, time: string, amountMinor: number) =>
    counter.database.db.insert(payOrder).values({
      ...{ accountId: shop.account.id, storeId: shop.shop.id, orderNo, currency: "THB", wallet: "promptpay" },
      ...{ gatewayState: "paid", amountMinor, paidMinor: amountMinor, asOfAt: new Date(), title: "Iced tea" },
      paidAt: new Date(`2026-03-02T${time}+07:00`),
    });
  await put("TH0001", "13:59:59.999", 25_000);
  await put("TH0002", "14:00:00", 25_000);
  await put("TH0003", "14:20:59.999", 25_000);
  await put("TH0004", "14:21:00", 25_000);
  await put("TH0005", "14:10:00", 25_050);
  await put("TH0006", "14:10:00", 250);
  const day = "2026-03-02";
  const list = async (amount: string) =>
    listOrders(
      ctx,
      cashier,
      readOrderFilter({ amount, day, from: "14:00", to: "14:20" }, await listChoices(ctx, cashier)),
    );
  const { rows } = await list("250");
  expect(rows.map(({ orderNo }) => orderNo)).toEqual(["TH0003", "TH0002"]);
  expect(JSON.stringify(rows)).not.toContain("Iced tea");
  expect(rows[0]).toMatchObject({ wallet: "PromptPay", timeZone: "Asia/Bangkok", currency: "THB" });
  expect((await list("250.50")).rows.map(({ orderNo }) => orderNo)).toEqual(["TH0005"]);
});
