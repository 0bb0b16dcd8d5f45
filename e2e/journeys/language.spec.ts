import type { Page } from "@playwright/test";
import en from "../../messages/en.json" with { type: "json" };
import th from "../../messages/th.json" with { type: "json" };
import { openBrowser } from "../browsers.ts";
import { expect, isAccessible, test } from "../fixtures.ts";

/** The file of words that a page names in its head. */
async function wordsFile(page: Page): Promise<string> {
  const address = await page.locator("link[rel=preload][as=fetch]").getAttribute("href");
  return new URL(address ?? "", page.url()).href;
}

test("a language chosen while she signs in keeps what she typed, and its words come by a file that stays in her browser", async ({
  browser,
}) => {
  const page = await openBrowser(browser);
  await page.goto("/signin");
  await page.getByRole("textbox", { name: en.signIn.username }).fill("cashier");
  await page.getByRole("button", { name: "ไทย" }).click();
  await expect(page.getByRole("textbox", { name: th.signIn.username })).toHaveValue("cashier");
  await isAccessible(page);

  const drawn = await page.reload();
  expect(await drawn?.text()).not.toContain(th.errors.signedOut);
  const file = await page.request.get(await wordsFile(page));
  expect(await file.json()).toEqual(th);
  expect(file.headers()["cache-control"]).toContain("immutable");
});

test("while the file of words does not come she reads what the server drew, and the page works once it comes", async ({
  browser,
}) => {
  const first = await openBrowser(browser);
  await first.goto("/signin");
  const file = await wordsFile(first);
  const page = await openBrowser(browser);
  let isLost = true;
  let asked = 0;
  await page.route(file, (route) => {
    asked += 1;
    return isLost ? route.abort() : route.continue();
  });
  await page.goto("/signin");
  await expect(page.getByRole("textbox", { name: en.signIn.username })).toBeVisible();
  await expect.poll(() => asked).toBeGreaterThan(1);
  await expect(page.getByRole("button", { name: en.signIn.submit })).toBeVisible();
  isLost = false;
  await expect(async () => {
    await page.getByRole("button", { name: "ไทย" }).click();
    await expect(page.getByRole("textbox", { name: th.signIn.username })).toBeVisible({ timeout: 500 });
  }).toPass();
});
