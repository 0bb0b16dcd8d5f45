import { comeIn, control, expect, isAccessible, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";

test("scenario 30: refunded in the portal: the manager finds the case, reads who knows, and closes it with a sentence", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 430);
  // At once: the gateway's list of paid orders may be read at any moment, and what it says is not asked again so soon.
  await control(`orders/${orderNo}/refund`, {});
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await expect(verdict(cashier)).toContainText("Refunded");
  await expect(cashier.getByRole("link", { name: "Attention" })).toHaveCount(0);

  const manager = await comeIn(browser, "manager");
  await manager.getByRole("navigation").getByRole("link", { name: "Attention" }).click();
  const row = manager.getByRole("region", { name: "Refunded elsewhere" }).filter({ hasText: orderNo });
  await expect(row).toContainText("NT$430");
  await isAccessible(manager);
  await row.getByRole("button", { name: "Close the case" }).click();
  await row.getByRole("button", { name: "Close it" }).click();
  await expect(row.getByRole("alert")).toContainText("Write a whole sentence.");
  await row.getByRole("textbox", { name: "What you found" }).fill("The owner did it in the portal");
  await isAccessible(manager);
  await row.getByRole("button", { name: "Close it" }).click();
  await expect(row).toHaveCount(0);
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 430 },
    { kind: "refund", amount: 430 },
  ]);
  await manager.getByRole("link", { name: "Daily proof" }).click();
  await expect(manager.getByRole("heading", { level: 1, name: "Daily proof" })).toBeVisible();
  await isAccessible(manager);
});
