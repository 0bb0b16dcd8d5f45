import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { comeIn, expect, isAccessible, signIn, signOut, test } from "../fixtures.ts";
import { firstPassword, openAccount } from "../new-account.ts";

const stepMs = 30_000;
/** What the app on the phone shows; a later step where the present one is used up already. */
const appCode = (key: string, steps = 0) =>
  new TOTP({ secret: key.replaceAll(" ", "") }).generate({ timestamp: Date.now() + steps * stepMs });

/** Goes through the three steps on the page that is open; returns the key and the recovery codes. */
async function setUp(page: Page) {
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  await isAccessible(page);
  const key = (await page.locator("code").textContent()) ?? "";
  const codes = await page
    .getByRole("list", { name: "Recovery codes" })
    .getByRole("listitem")
    .allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByLabel("The six digits the app shows now").fill("000000");
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expect(page.getByText("This code is not right.")).toBeVisible();
  await page.getByLabel("The six digits the app shows now").fill(appCode(key));
  await page.getByRole("button", { name: "Switch it on" }).click();
  return { key, codes };
}

test("a manager sets up a second step, comes in with a code and with a recovery code, without scripts too, and switches it off", async ({
  browser,
}) => {
  const { username } = await openAccount(browser, "Manager");
  const page = await comeIn(browser, username, firstPassword);
  await page.goto("/me");
  const { key, codes } = await setUp(page);
  await expect(page.getByText("Recovery codes left: 10.")).toBeVisible();
  await expect(page.getByText(key)).toHaveCount(0);
  await isAccessible(page);
  await signOut(page);

  await page.goto("/signin?next=%2Fapprovals");
  await signIn(page, username, firstPassword);
  const code = page.getByRole("textbox", { name: "Code" });
  await expect(code).toBeFocused();
  await isAccessible(page);
  await page.goto("/requests");
  await expect(page).toHaveURL(/signin\/code\?next=%2Frequests/);
  await code.fill("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "This code is not right" })).toBeVisible();
  await code.fill(appCode(key, 1));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "My requests" })).toBeVisible();
  await signOut(page);

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto("/signin?next=%2Fme");
  await signIn(plain, username, "not this one");
  await expect(plain.getByText("That did not work.")).toBeVisible();
  await signIn(plain, username, firstPassword);
  await plain.getByRole("textbox", { name: "Code" }).fill(codes[0] ?? "");
  await plain.getByRole("button", { name: "Go on" }).click();
  await expect(plain.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();

  await page.goto("/signin/code");
  await expect(page).toHaveURL(/signin$/);
  await signIn(page, username, firstPassword);
  await code.fill(codes[1] ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Counter" })).toBeVisible();
  await page.goto("/me");
  await expect(page.getByText("Recovery codes left: 8.")).toBeVisible();
  const app = page.getByRole("region", { name: "Second step at sign-in" });
  await app.getByLabel("Password, or a code").fill(firstPassword);
  await page.getByRole("button", { name: "Switch it off" }).click();
  await expect(page.getByRole("button", { name: "Set it up" })).toBeVisible();
});
