import { canaries } from "../canaries.ts";
import { comeIn, expect, isAccessible, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";
import { hireLimitedCashier } from "../limited-cashier.ts";
import { approveRefund, sendRefund } from "../refund-steps.ts";

test("scenario 32: a cashier whose own limit is NT$500 refunds NT$500 at once; NT$501 waits for the manager and goes once", async ({
  browser,
}) => {
  const username = `small-${Date.now().toString(36)}`;
  await hireLimitedCashier(username);
  const cashier = await comeIn(browser, username, canaries.password);
  const within = await newOrder("paid", 500);
  await scan(cashier, within);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await expect(cashier.getByText("it will be sent at once, without a manager")).toBeVisible();
  await isAccessible(cashier);
  await cashier.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refunded");
  await expect(cashier.getByText("approved by rule, without a manager")).toBeVisible();
  await expect(cashier.getByRole("list", { name: "Timeline" })).toContainText("Refund approved by rule");
  await isAccessible(cashier);
  expect(await ledger(within)).toEqual([
    { kind: "pay", amount: 500 },
    { kind: "refund", amount: 500 },
  ]);

  const above = await newOrder("paid", 501);
  await scan(cashier, above);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await expect(cashier.getByText("must approve, and nothing is sent before")).toContainText(
    "above the own limit of NT$500",
  );
  await cashier.goBack();
  await sendRefund(cashier, null);
  await expect(verdict(cashier)).toContainText("Refund asked");
  expect(await ledger(above)).toEqual([{ kind: "pay", amount: 501 }]);

  const manager = await comeIn(browser, "manager");
  await manager.getByRole("navigation").getByRole("link", { name: "Approvals" }).click();
  await expect(manager.getByRole("row").filter({ hasText: within })).toHaveCount(0);
  await manager.getByRole("row").filter({ hasText: above }).getByRole("link").click();
  await expect(manager.getByText("It is above the own limit of NT$500.")).toBeVisible();
  await isAccessible(manager);
  await approveRefund(manager, above);
  await expect(verdict(cashier)).toContainText("Refunded");
  expect(await ledger(above)).toEqual([
    { kind: "pay", amount: 501 },
    { kind: "refund", amount: 501 },
  ]);
  await manager.getByRole("navigation").getByRole("link", { name: "Audit" }).click();
  const line = `NT$500 for ${within} approved by rule: the own limit of 小額 is NT$500; no. 1 of 10 that day`;
  await expect(manager.getByRole("listitem").filter({ hasText: line })).toHaveCount(1);
});
