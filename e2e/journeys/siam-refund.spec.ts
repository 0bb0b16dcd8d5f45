import { comeIn, expect, isAccessible, newSiamOrder, scan, siamControl, test, verdict } from "../fixtures.ts";
import { approveRefund, sendRefund } from "../refund-steps.ts";

/** The gateway was asked after the last refund: until then the facts of the next approval would still change. */
async function isConfirmed(): Promise<boolean> {
  const arrivals: { service: string }[] = await siamControl("arrivals");
  const services = arrivals.map(({ service }) => service);
  return services.lastIndexOf("gateway_order_query") > services.lastIndexOf("order_refund");
}

test("scenario 25: 333.33, 333.33 and 333.34 of 1,000.00 baht go back one after another; 333.35 and a further 0.01 are refused", async ({
  browser,
}) => {
  const { orderNo } = await newSiamOrder(100_000);
  await siamControl(`orders/${orderNo}/pay`, { channel: "truemoney" });
  const cashier = await comeIn(browser, "siam-cashier");
  const manager = await comeIn(browser, "siam-manager");
  const money = cashier.getByRole("region", { name: "Money", exact: true });
  await scan(cashier, orderNo);
  for (const [amount, rest] of [
    ["333.33", "666.67"],
    ["333.33", "333.34"],
  ] as const) {
    await sendRefund(cashier, amount);
    await expect(verdict(cashier)).toContainText("Refund asked");
    await approveRefund(manager, orderNo);
    await expect(verdict(cashier)).toContainText("Partly refunded");
    await expect(money).toContainText(rest);
    await expect.poll(isConfirmed).toBe(true);
  }
  await sendRefund(cashier, "333.35");
  const field = cashier.getByRole("textbox", { name: "Amount" });
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/333\.34/);
  await isAccessible(cashier);
  await field.fill("333.34");
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");
  await approveRefund(manager, orderNo);
  await expect(verdict(cashier)).toContainText("Refunded");
  await expect(money).toContainText("0.00");
  await expect(cashier.getByRole("link", { name: "Refund", exact: true })).toHaveCount(0);
  await cashier.goto(`/orders/siam/${orderNo}/refund`);
  await expect(cashier.getByText("Nothing remains to give back.")).toBeVisible();
  const [{ effects }] = await siamControl(`orders?storeOrderNo=${orderNo}`);
  expect(effects.map(({ kind, amount }: { kind: string; amount: number }) => [kind, amount])).toEqual([
    ["pay", 100_000],
    ["refund", 33_333],
    ["refund", 33_333],
    ["refund", 33_334],
  ]);
  await manager.getByRole("link", { name: "Audit" }).click();
  await expect(
    manager.getByRole("listitem").filter({ hasText: `333.34 went back for ${orderNo}` }),
  ).toHaveCount(1);
});

test("the cashier of 信義店 sees nothing of Siam: no order, no request, no approval page, no line", async ({
  browser,
}) => {
  const { orderNo } = await newSiamOrder(20_000);
  await siamControl(`orders/${orderNo}/pay`, { channel: "truemoney" });
  const siam = await comeIn(browser, "siam-cashier");
  await scan(siam, orderNo);
  await sendRefund(siam, "200");
  await siam.getByRole("link", { name: /^Request/ }).click();
  await expect(siam.getByRole("heading", { level: 1 })).toBeVisible();
  const requestAddress = new URL(siam.url()).pathname;
  const xinyi = await comeIn(browser, "cashier");
  const addresses = [
    `/orders/siam/${orderNo}`,
    `/orders/siam/${orderNo}/refund`,
    requestAddress,
    requestAddress.replace("/requests/", "/approvals/"),
  ];
  for (const address of addresses) {
    const answer = await xinyi.goto(address);
    expect(answer?.status(), address).toBe(404);
    await expect(xinyi.getByText(orderNo)).toHaveCount(0);
  }
  await xinyi.goto("/orders");
  await expect(xinyi.getByRole("heading", { name: "Orders" })).toBeVisible();
  await expect(xinyi.getByText(orderNo)).toHaveCount(0);
});

test("scenario 30: a part is refunded in the Ksher app while a request waits: the request no longer counts, and the form says where the money went", async ({
  browser,
}) => {
  const { orderNo } = await newSiamOrder(50_000);
  await siamControl(`orders/${orderNo}/pay`, { channel: "truemoney" });
  const cashier = await comeIn(browser, "siam-cashier");
  await scan(cashier, orderNo);
  await sendRefund(cashier, "300");
  await expect(verdict(cashier)).toContainText("Refund asked");
  await siamControl(`orders/${orderNo}/refund`, { origin: "app", amount: 40_000 });
  await cashier.reload();
  await expect(verdict(cashier)).toContainText("Partly refunded");
  const money = cashier.getByRole("region", { name: "Money", exact: true });
  await expect(money).toContainText("of it in the payment company's app or portal");
  await isAccessible(cashier);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await expect(
    cashier.getByText("฿400.00 of this order was refunded outside Storedesk, in the app or portal of Ksher."),
  ).toBeVisible();
  await expect(cashier.getByRole("textbox", { name: "Amount" })).toHaveValue("100.00");
  await isAccessible(cashier);
  await cashier.getByRole("navigation").getByRole("link", { name: "My requests" }).click();
  await expect(cashier.getByRole("listitem").filter({ hasText: orderNo })).toContainText(
    "Refunded elsewhere",
  );
});
