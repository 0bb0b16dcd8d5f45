import type { Page } from "@playwright/test";
import { comeIn, expect, isAccessible, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";
import { approveRefund, sendRefund } from "../refund-steps.ts";

const password = "four rainy umbrellas";

/** The owner opens an account of a cashier of 信義店. */
async function openAccount(owner: Page, username: string): Promise<void> {
  await owner.goto("/admin/staff/new");
  await owner.getByRole("textbox", { name: "Username" }).fill(username);
  await owner.getByRole("textbox", { name: "Name", exact: true }).fill("小額");
  await owner.getByRole("combobox", { name: "Role" }).selectOption({ label: "Cashier" });
  await owner.getByRole("checkbox", { name: "信義店" }).check();
  await owner.getByRole("textbox", { name: "First password" }).fill(password);
  await owner.getByRole("textbox", { name: "First PIN" }).fill("135792");
  await owner.getByRole("button", { name: "Open the account" }).click();
  await expect(owner.getByRole("row").filter({ hasText: username })).toBeVisible();
}

test("scenario 32: the owner gives a cashier an own limit of NT$500: she refunds NT$500 at once; NT$501 waits for the manager and goes once", async ({
  browser,
}) => {
  const username = `small-${Date.now().toString(36)}`;
  const owner = await comeIn(browser, "owner");
  await openAccount(owner, username);
  await owner.getByRole("row").filter({ hasText: username }).getByRole("link").click();
  await expect(owner.getByRole("textbox", { name: "A refund, at most" })).toBeVisible();
  await isAccessible(owner);
  await owner.getByRole("textbox", { name: "A refund, at most" }).fill("５００");
  await owner.getByRole("textbox", { name: "A day together, at most" }).fill("499");
  await owner.getByRole("button", { name: "Set the limits" }).click();
  const sum = owner.getByRole("textbox", { name: "A day together, at most" });
  await expect(sum).toBeFocused();
  await expect(sum).toHaveAccessibleDescription(/at least one refund of the full limit/);
  await isAccessible(owner);
  await sum.fill("2,500");
  await owner.getByRole("button", { name: "Set the limits" }).click();
  await expect(owner.getByRole("row").filter({ hasText: username })).toContainText("NT$500");
  const cashier = await comeIn(browser, username, password);
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
  await owner.getByRole("navigation").getByRole("link", { name: "Audit" }).click();
  const set = `set the own limits of ${username}: NT$500 a refund (was NT$0)`;
  await expect(owner.getByRole("listitem").filter({ hasText: set })).toHaveCount(1);
});
