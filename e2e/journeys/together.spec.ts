import { comeIn, expect, isAccessible, ledger, newOrder, test } from "../fixtures.ts";
import { firstPassword, openAccount } from "../new-account.ts";
import { askRefund } from "../refund-steps.ts";

test("scenario 42: two ordinary requests are ticked by keyboard and approved with one PIN, each told by itself", async ({
  browser,
}) => {
  const orders = [await newOrder("paid", 410), await newOrder("paid", 420)];
  const { username } = await openAccount(browser, "Cashier");
  const cashier = await comeIn(browser, username, firstPassword);
  for (const orderNo of orders) await askRefund(cashier, orderNo);

  const manager = await comeIn(browser, "manager");
  await manager.getByRole("navigation").getByRole("link", { name: "Approvals" }).click();
  const next = manager.getByRole("button", { name: /^Look at the chosen ones/ });
  await expect(next).toBeDisabled();
  for (const orderNo of orders) {
    await manager.getByRole("checkbox", { name: `Choose ${orderNo}` }).focus();
    await manager.keyboard.press("Space");
  }
  await isAccessible(manager);
  await next.click();
  await expect(manager.getByRole("heading", { level: 1, name: "Approve together" })).toBeVisible();
  await expect(manager.getByText("Goes with the others")).toHaveCount(2);
  await isAccessible(manager);
  const pin = manager.getByRole("textbox", { name: "PIN" });
  await pin.fill("000000");
  await pin.press("Enter");
  await expect(pin).toHaveAccessibleDescription(/^Wrong PIN/);
  await pin.fill("246810");
  await pin.press("Enter");
  await expect(manager.getByText("2 approved, 0 not.").first()).toBeVisible();
  for (const orderNo of orders) {
    await expect(manager.getByRole("listitem").filter({ hasText: orderNo })).toContainText("Refunded");
    expect((await ledger(orderNo)).map(({ kind }) => kind)).toEqual(["pay", "refund"]);
  }
});
