import type { Page } from "@playwright/test";
import { comeIn, expect, isAccessible, ledger, newOrder, scan, spoken, test, verdict } from "../fixtures.ts";

/** Tabs on until the element of that role and name has the focus, as somebody without a mouse does. */
async function tabTo(
  page: Page,
  role: "link" | "button" | "combobox" | "textbox",
  name: string | RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true });
  await expect(wanted).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(wanted).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [1] });
}

test("scenario 54: with the keyboard alone an order is looked up, its refund asked for and approved, and each result is heard once", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 310);
  const cashier = await comeIn(browser, "cashier");
  const heard = await spoken(cashier);
  await cashier.keyboard.press("/");
  await expect(cashier.getByRole("searchbox", { name: "Order number" })).toBeFocused();
  await cashier.keyboard.type(orderNo, { delay: 60 });
  await cashier.keyboard.press("Enter");
  await expect(verdict(cashier)).toContainText("Paid");
  await tabTo(cashier, "link", "Refund");
  await cashier.keyboard.press("Enter");
  await tabTo(cashier, "combobox", "Reason");
  await cashier.keyboard.press("ArrowDown");
  await tabTo(cashier, "button", "Send request");
  await cashier.keyboard.press("Enter");
  await expect(verdict(cashier)).toContainText("Refund asked");
  await expect.poll(heard).toEqual([`Paid. ${orderNo}`, `Refund asked. ${orderNo}`]);

  const manager = await comeIn(browser, "manager");
  await tabTo(manager, "link", /^Approvals/);
  await manager.keyboard.press("Enter");
  await tabTo(manager, "link", new RegExp(orderNo));
  await manager.keyboard.press("Enter");
  await expect(manager.getByRole("button", { name: /^Approve/ })).toBeEnabled();
  await tabTo(manager, "button", /^Approve/);
  await manager.keyboard.press("Enter");
  await expect(manager.getByRole("textbox", { name: "PIN" })).toBeFocused();
  await manager.keyboard.type("246810", { delay: 60 });
  await manager.keyboard.press("Enter");
  await expect(manager.getByRole("status")).toContainText("Refunded");
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 310 },
    { kind: "refund", amount: 310 },
  ]);
});

test("scenario 54: with the keyboard alone an order is cancelled, and the result is heard once", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 60);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  const heard = await spoken(cashier);
  await tabTo(cashier, "button", "Cancel order");
  await cashier.keyboard.press("Enter");
  await tabTo(cashier, "button", "Yes, cancel it");
  await cashier.keyboard.press("Enter");
  await expect(verdict(cashier)).toContainText("Cancelled");
  await expect(cashier.getByRole("alertdialog")).toHaveCount(0);
  const cancelled = async () => (await heard()).filter((text) => text.startsWith("Cancelled"));
  await expect.poll(cancelled).toEqual([`Cancelled. ${orderNo}`]);
  expect(await ledger(orderNo)).toEqual([]);
});

test("the keys lead to the lists and back, list themselves, and rest while somebody types or scans", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 310);
  const manager = await comeIn(browser, "manager");
  const heading = (name: string) => manager.getByRole("heading", { level: 1, name });
  const press = async (...keys: string[]) => {
    for (const key of keys) await manager.keyboard.press(key, { delay: 80 });
  };
  await press("?");
  const dialog = manager.getByRole("dialog", { name: "Keys" });
  await expect(dialog).toContainText("Go to the approvals");
  await isAccessible(manager);
  await press("g", "o");
  await press("Escape");
  await expect(dialog).toBeHidden();
  await expect(heading("Counter")).toBeVisible();
  await press("g", "o");
  await expect(heading("Orders")).toBeVisible();
  await press("g", "a");
  await expect(heading("Approvals")).toBeVisible();
  await scan(manager, orderNo);
  await manager.getByRole("searchbox", { name: "Order number" }).focus();
  await press("g", "o");
  await expect(manager.getByRole("searchbox", { name: "Order number" })).toHaveValue("go");
  await manager.getByRole("heading", { level: 1 }).click();
  await press("Escape");
  await expect(heading("Approvals")).toBeVisible();
});
