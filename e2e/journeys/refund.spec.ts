import { comeIn, control, expect, isAccessible, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";

test("scenario 32: the cashier asks, the manager approves with a PIN, and the cashier's screen turns to Refunded by itself", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid");
  const cashier = await comeIn(browser, "cashier");
  await isAccessible(cashier);
  await scan(cashier, orderNo);
  await expect(verdict(cashier)).toContainText("Paid");
  await isAccessible(cashier);
  await cashier.getByRole("link", { name: "Refund" }).click();
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(cashier.getByText("Please fill this in.")).toBeVisible();
  await expect(cashier.getByRole("combobox", { name: "Reason" })).toBeFocused();
  await isAccessible(cashier);
  await cashier.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");

  const manager = await comeIn(browser, "manager");
  await manager.getByRole("link", { name: "Approvals" }).click();
  await manager.getByRole("row").filter({ hasText: orderNo }).getByRole("link").click();
  await expect(manager.getByRole("heading", { level: 1, name: orderNo })).toBeVisible();
  await isAccessible(manager);
  await manager.getByRole("button", { name: /Approve/ }).click();
  await manager.getByLabel("PIN").fill("000000");
  await manager.getByRole("button", { name: "Confirm" }).click();
  await expect(manager.getByRole("alert").filter({ hasText: "Wrong PIN" })).toBeVisible();
  await manager.getByLabel("PIN").fill("246810");
  await manager.getByRole("button", { name: "Confirm" }).click();
  await expect(manager.getByRole("status")).toContainText("Approved");
  await expect(manager.getByRole("region", { name: "Request", exact: true })).toBeInViewport({ ratio: 1 });

  await expect(verdict(cashier)).toContainText("Refunded");
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 1200 },
    { kind: "refund", amount: 1200 },
  ]);
  await manager.getByRole("link", { name: "Audit" }).click();
  await expect(manager.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();
  await isAccessible(manager);
  for (const sentence of [`NT$1,200 went back for ${orderNo}`, `approved NT$1,200 for ${orderNo}`]) {
    await expect(manager.getByRole("listitem").filter({ hasText: sentence })).toHaveCount(1);
  }
});

test("the customer pays on the payer page and the cashier's screen turns to Paid without a reload", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 90);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await expect(verdict(cashier)).toContainText("Waiting for payment");
  const [order] = await control(`orders?storeOrderNo=${orderNo}`);
  const customer = await (await browser.newContext()).newPage();
  await customer.goto(order.urlToken);
  await customer.getByRole("button", { name: "Pay" }).click();
  await expect(verdict(cashier)).toContainText("Paid");
});

test("a waiting order is cancelled after one more question", async ({ browser }) => {
  const orderNo = await newOrder("open", 50);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await cashier.getByRole("button", { name: "Cancel order" }).click();
  await expect(cashier.getByRole("alertdialog", { name: "Cancel this order?" })).toContainText(orderNo);
  await isAccessible(cashier);
  await cashier.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect(verdict(cashier)).toContainText("Cancelled");
  expect(await ledger(orderNo)).toEqual([]);
});
