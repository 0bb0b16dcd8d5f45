import type { Page } from "@playwright/test";
import { comeIn, expect, isAccessible, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";

const lockScreen = (page: Page) => page.getByRole("dialog", { name: "The screen is locked" });
async function unlock(page: Page, pin: string): Promise<void> {
  await page.getByRole("textbox", { name: "PIN" }).or(page.getByLabel("PIN")).fill(pin);
  await page.keyboard.press("Enter");
}

test("a cashier locks the screen over a half-filled refund form: nothing answers until the PIN, and what was typed is there again", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 930);
  const page = await comeIn(browser, "cashier");
  await scan(page, orderNo);
  await page.getByRole("link", { name: "Refund", exact: true }).click();
  await page.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
  await page.getByRole("textbox", { name: "Note" }).fill("cup is broken");
  const form = page.url();
  const lock = page.getByRole("button", { name: "Lock the screen" });
  await lock.focus();
  await page.keyboard.press("Enter");
  await expect(lockScreen(page)).toBeVisible();
  await expect(page.getByLabel("PIN")).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await isAccessible(page);
  await expect.poll(async () => (await page.request.get("/api/counter")).status()).toBe(423);
  await unlock(page, "111222");
  await expect(
    page.getByRole("alert").filter({ hasText: "Wrong PIN. Tries left before it is locked: 4" }),
  ).toBeVisible();
  await expect(page.getByLabel("PIN")).toHaveValue("");
  await unlock(page, "246810");
  await expect(lockScreen(page)).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("cup is broken");
  expect((await page.request.get("/api/counter")).status()).toBe(200);

  await lock.click();
  await expect.poll(async () => (await page.request.get("/api/counter")).status()).toBe(423);
  await page.goto(form);
  await expect(page).toHaveURL(/\/lock\?next=/);
  await expect(page.getByRole("heading", { level: 1, name: "The screen is locked" })).toBeVisible();
  await isAccessible(page);
  await unlock(page, "246810");
  await expect(page).toHaveURL(form);
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("cup is broken");
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(page)).toContainText("Refund asked");
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 930 }]);
});

test("a screen that nobody touches for a quarter of an hour locks itself; a key a moment before keeps it open; somebody else signs out", async ({
  browser,
}) => {
  const page = await comeIn(browser, "cashier");
  const arrived = Date.now();
  await page.clock.install({ time: arrived });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Counter" })).toBeVisible();
  // The clock stands, so that no second of a slow machine counts; each key comes a second before it would be too late.
  await page.clock.pauseAt(arrived + 5 * 60_000);
  for (const idle of ["00:00", "14:59", "14:59"]) {
    await page.clock.fastForward(idle);
    await page.keyboard.press("Shift");
  }
  await page.clock.resume();
  // Nothing stands before the page: a step on it works.
  await page.getByRole("link", { name: "Orders", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Orders" })).toBeVisible();
  await expect(lockScreen(page)).toHaveCount(0);
  await page.clock.fastForward("15:01");
  await expect(lockScreen(page)).toBeVisible();
  await expect.poll(async () => (await page.request.get("/api/counter")).status()).toBe(423);
  await page.getByRole("button", { name: "I am somebody else" }).click();
  await expect(page).toHaveURL(/signin/);
  expect((await page.request.get("/api/counter")).status()).toBe(401);
});
