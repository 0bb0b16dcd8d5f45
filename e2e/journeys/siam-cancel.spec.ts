import { comeIn, expect, isAccessible, newSiamOrder, scan, siamControl, test, verdict } from "../fixtures.ts";

test("scenarios 20 and 21a: the Siam cashier cancels; the saved QR code is paid all the same; her screen and the counter say so, and a manager finds the refund prepared", async ({
  browser,
}) => {
  const { orderNo } = await newSiamOrder(18_000);
  const cashier = await comeIn(browser, "siam-cashier");
  await scan(cashier, orderNo);
  await cashier.getByRole("button", { name: "Cancel order" }).click();
  await cashier
    .getByRole("alertdialog", { name: "Cancel this order?" })
    .getByRole("button", { name: "Yes, cancel it" })
    .click();
  await expect(verdict(cashier)).toContainText("Cancelled");
  await expect(cashier.getByRole("region", { name: "Progress" })).toContainText(
    "A saved QR code can still be paid",
  );
  await isAccessible(cashier);
  await siamControl(`orders/${orderNo}/pay`, { channel: "promptpay" });
  await expect(verdict(cashier)).toContainText("Paid after cancel");
  await expect(verdict(cashier)).toContainText("Call a manager");
  await isAccessible(cashier);
  await cashier.getByRole("navigation").getByRole("link", { name: "Counter" }).click();
  const lines = cashier.getByRole("listitem").filter({ hasText: orderNo });
  await expect(lines.filter({ hasText: "Paid after cancel" }).first()).toBeVisible();
  const manager = await comeIn(browser, "siam-manager");
  await manager.getByRole("navigation").getByRole("link", { name: "Attention" }).click();
  await expect(manager.getByRole("main")).toContainText(orderNo);
  await isAccessible(manager);
  await manager.getByRole("navigation").getByRole("link", { name: "Approvals" }).click();
  await expect(manager.getByRole("row").filter({ hasText: orderNo })).toContainText("180.00");
  const [{ effects }] = await siamControl(`orders?storeOrderNo=${orderNo}`);
  expect(effects.map(({ kind }: { kind: string }) => kind)).toEqual(["pay"]);
});

test("a card payment in progress cannot be cancelled: the screen says so in words, and nothing is called cancelled", async ({
  browser,
}) => {
  const { orderNo } = await newSiamOrder(59_000);
  await siamControl(`orders/${orderNo}/otp`, {});
  const cashier = await comeIn(browser, "siam-cashier");
  await scan(cashier, orderNo);
  await cashier.getByRole("button", { name: "Cancel order" }).click();
  await cashier.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect(cashier.getByRole("region", { name: "Progress" })).toContainText(
    "a card payment may be running",
  );
  await expect(verdict(cashier)).not.toContainText("Cancelled");
  await isAccessible(cashier);
  await siamControl(`orders/${orderNo}/finish`, {});
  await expect(verdict(cashier)).toContainText("Paid");
});
