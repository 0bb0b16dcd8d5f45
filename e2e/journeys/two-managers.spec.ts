import type { Page } from "@playwright/test";
import { comeIn, expect, isAccessible, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";
import { confirmPin, openApproval, openRequest, requestState, sendRefund } from "../refund-steps.ts";

/** The owner types above which amount two approve at 信義店. */
async function askForTwoAbove(owner: Page, amount: string): Promise<void> {
  await owner.goto("/admin/stores/00001");
  await owner.getByRole("textbox", { name: "Above this amount two approve" }).fill(amount);
  await owner.getByRole("button", { name: "Set the amount" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: "Stores" })).toBeVisible();
}

test("scenario 32: above the amount of the store the first manager's yes sends nothing, the second one's sends it once", async ({
  browser,
}) => {
  const owner = await comeIn(browser, "owner");
  await owner.goto("/admin/stores/00001");
  await isAccessible(owner);
  const field = owner.getByRole("textbox", { name: "Above this amount two approve" });
  await field.fill("50000.5");
  await owner.getByRole("button", { name: "Set the amount" }).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/whole dollars only/);
  await askForTwoAbove(owner, "50,000");

  const orderNo = await newOrder("paid", 50_001);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await sendRefund(cashier, null);
  await expect(verdict(cashier)).toContainText("Refund asked");

  const manager = await comeIn(browser, "manager");
  await openApproval(manager, orderNo);
  await expect(requestState(manager)).toContainText("Above NT$50,000: two different managers approve.");
  await manager.getByRole("button", { name: /^Approve/ }).click();
  await confirmPin(manager);
  await expect(requestState(manager)).toContainText("a second manager must approve too");
  await expect(manager.getByText("You have approved. Another manager must approve too")).toBeVisible();
  await expect(manager.getByRole("button", { name: /^Approve/ })).toBeDisabled();
  await expect(manager.getByRole("button", { name: "Reject" })).toBeEnabled();
  await isAccessible(manager);
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 50_001 }]);

  await openRequest(cashier);
  await cashier.getByRole("button", { name: "Call a manager here" }).click();
  const called = cashier.getByRole("combobox", { name: "Manager" }).getByRole("option");
  await expect(called.filter({ hasText: "黃副店長" })).toHaveCount(1);
  await expect(called.filter({ hasText: "陳店長" })).toHaveCount(0);
  await cashier.goBack();

  const second = await comeIn(browser, "manager2");
  await second.getByRole("navigation").getByRole("link", { name: "Approvals" }).click();
  await expect(second.getByRole("row").filter({ hasText: orderNo })).toContainText("1 of 2: 陳店長");
  await openApproval(second, orderNo);
  await expect(requestState(second)).toContainText("a second manager must approve too");
  await second.getByRole("button", { name: /^Approve/ }).click();
  await confirmPin(second);
  await expect(verdict(cashier)).toContainText("Refunded");
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 50_001 },
    { kind: "refund", amount: 50_001 },
  ]);
  await owner.getByRole("navigation").getByRole("link", { name: "Audit" }).click();
  for (const sentence of [
    `approved NT$50,001 for ${orderNo} as the first of two`,
    "set above which amount two approve at 00001: NT$50,000 (was never)",
  ])
    await expect(owner.getByRole("listitem").filter({ hasText: sentence })).toHaveCount(1);
  await owner.getByRole("link", { name: "Who approves whom" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: "Who approves whom" })).toBeVisible();
  await expect(owner.getByText("No two people find each other")).toBeVisible();
  await isAccessible(owner);
  await askForTwoAbove(owner, "");
});
