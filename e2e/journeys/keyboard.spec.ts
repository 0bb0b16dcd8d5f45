import type { Page } from "@playwright/test";
import { comeIn, expect, isAccessible, newOrder, scan, spoken, test, verdict } from "../fixtures.ts";

/** Tabs on until the element of that role and name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: "link" | "button" | "combobox", name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true });
  await expect(wanted).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(wanted).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [1] });
}

test("scenario 54: with the keyboard alone an order is looked up and its refund asked for, and the result is heard once", async ({
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
