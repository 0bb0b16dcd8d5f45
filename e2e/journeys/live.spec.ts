import type { Page } from "@playwright/test";
import { comeIn, control, expect, isAccessible, newOrder, scan, spoken, test, verdict } from "../fixtures.ts";

/** Counts what a page asks the server for by itself. */
function listen(page: Page): { statuses: () => number; pages: () => number } {
  const seen = { statuses: 0, pages: 0 };
  page.on("request", (request) => {
    if (request.url().endsWith("/status")) seen.statuses += 1;
    else if (request.headers().rsc || request.isNavigationRequest()) seen.pages += 1;
  });
  return { statuses: () => seen.statuses, pages: () => seen.pages };
}

async function setVisible(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("scenario 11: a waiting order turns to Paid on every screen, is announced once, and polling stops; the page asks for no new page by itself", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 90);
  const pages = [await comeIn(browser, "cashier"), await comeIn(browser, "manager")];
  for (const page of pages) {
    await page.clock.install();
    await scan(page, orderNo);
    await expect(verdict(page)).toContainText("Waiting for payment");
    await expect(verdict(page)).toContainText(/As of \d\d:\d\d:\d\d/);
    await expect(verdict(page)).toContainText(/Next check in about|Checking now/);
    await expect(verdict(page)).toContainText("being watched");
  }
  const heard = await Promise.all(pages.map(spoken));
  const asked = pages.map(listen);
  await control(`orders/${orderNo}/pay`, {});
  for (const [index, page] of pages.entries()) {
    await expect(verdict(page)).toContainText("Paid");
    await expect(page.getByRole("list", { name: "Timeline" })).toContainText("Paid");
    await expect(page.getByRole("link", { name: "Refund" })).toBeVisible();
    await expect(verdict(page)).not.toContainText("Next check");
    const before = asked[index]?.statuses();
    await page.clock.fastForward(60_000);
    expect(asked[index]?.statuses()).toBe(before);
    expect(asked[index]?.pages()).toBe(0);
    expect(await heard[index]?.()).toEqual([`Paid. ${orderNo}`]);
    await isAccessible(page);
  }
});

test("scenario 12: a hidden tab asks nothing for ten minutes, then once at once, and shows the age until then", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 90);
  const page = await comeIn(browser, "cashier");
  await page.clock.install();
  await scan(page, orderNo);
  await expect(verdict(page)).toContainText(/As of/);
  await setVisible(page, "hidden");
  await page.clock.fastForward(3_000);
  const asked = listen(page);
  await page.clock.fastForward(600_000);
  expect(asked.statuses()).toBe(0);
  await expect(verdict(page)).toContainText("10 min ago");
  await expect(verdict(page)).toContainText("Not confirmed for 10 min");
  await setVisible(page, "visible");
  await expect(async () => {
    await page.clock.runFor(20);
    await expect(verdict(page)).not.toContainText("Not confirmed", { timeout: 100 });
  }).toPass();
  expect(asked.statuses()).toBe(1);
});

test("scenario 15: on a computer whose clock is 20 minutes fast, age and countdown follow the server and the clock is named", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 90);
  const page = await comeIn(browser, "cashier");
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 20 * 60_000;
  });
  await page.reload();
  await scan(page, orderNo);
  await expect(page.getByText("This computer's clock is about 20 min fast.")).toBeVisible();
  await expect(verdict(page)).not.toContainText("min ago");
  await expect(page.getByRole("timer")).toHaveText(/^1[34]:\d\d$/);
  await isAccessible(page);
});

test("the time to cancel runs out on the page: the button goes without a reload", async ({ browser }) => {
  const orderNo = await newOrder("open", 90);
  const page = await comeIn(browser, "cashier");
  await page.clock.install();
  await scan(page, orderNo);
  const cancel = page.getByRole("button", { name: "Cancel order" });
  await expect(cancel).toBeVisible();
  await page.route("**/status", (route) => route.abort());
  await expect(page.getByText(/Offline: showing what we knew at \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(cancel).toBeHidden();
  await expect(verdict(page)).toContainText("Waiting for payment");
  await page.clock.fastForward(15 * 60_000);
  await expect(page.getByText("The time to cancel is over.")).toBeVisible();
});

test("a page whose session ended, or whose server stumbles, keeps what it knew and says so; it goes on by itself", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 90);
  const page = await comeIn(browser, "cashier");
  await scan(page, orderNo);
  await page.route("**/status", (route) => route.fulfill({ status: 503, body: "" }));
  await expect(page.getByText(/Storedesk does not answer: showing what we knew at/)).toBeVisible();
  await expect(verdict(page)).toContainText("Waiting for payment");
  await isAccessible(page);
  await page.unroute("**/status");
  await expect(page.getByText(/Storedesk does not answer/)).toBeHidden();
  await page.context().clearCookies();
  await expect(page.getByText(/You have been signed out. Showing what we knew at/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await expect(verdict(page)).toContainText("Waiting for payment");
});
