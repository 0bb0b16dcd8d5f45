import { comeIn, control, expect, isAccessible, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";

test("scenario 16: the time left to cancel counts down; confirmed inside the window, the order is cancelled and goods stay", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 50);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  const left = cashier.getByText("Can be cancelled for");
  const secondsLeft = async () => {
    const [, minutes, seconds] = /(\d+):(\d\d)/.exec((await left.textContent()) ?? "") ?? [];
    return Number(minutes) * 60 + Number(seconds);
  };
  const first = await secondsLeft();
  expect(first).toBeLessThanOrEqual(14 * 60);
  expect(first).toBeGreaterThan(12 * 60);
  await expect.poll(secondsLeft).toBeLessThan(first);
  await cashier.getByRole("button", { name: "Cancel order" }).click();
  const dialog = cashier.getByRole("alertdialog", { name: "Cancel this order?" });
  await expect(dialog).toContainText(orderNo);
  await expect(dialog).toContainText("NT$50");
  await isAccessible(cashier);
  await dialog.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect(verdict(cashier)).toContainText("Cancelled");
  await expect(cashier.getByRole("button", { name: "Cancel order" })).toHaveCount(0);
  expect(await ledger(orderNo)).toEqual([]);
});

test("a cancel that the gateway refuses as too late becomes an offer to refund once the customer has paid; no money moves by itself", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 70);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await expect(verdict(cashier)).toContainText("Waiting for payment");
  await control("settings", { cancelWindowMs: 0 });
  try {
    await cashier.getByRole("button", { name: "Cancel order" }).click();
    await cashier.getByRole("button", { name: "Yes, cancel it" }).click();
    await expect(verdict(cashier)).toContainText("We do not know");
    await expect(cashier.getByRole("button", { name: "Cancel order" })).toHaveCount(0);
    await control(`orders/${orderNo}/pay`, {});
    await expect(verdict(cashier)).toContainText("Paid");
    await expect(cashier.getByRole("link", { name: "Refund", exact: true })).toBeVisible();
    await isAccessible(cashier);
    expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 70 }]);
  } finally {
    await control("settings", { cancelWindowMs: 900_000 });
  }
});
