import type { Page } from "@playwright/test";
import {
  comeIn,
  expect,
  isAccessible,
  ledger,
  newOrder,
  scan,
  signIn,
  signOut,
  test,
  verdict,
} from "../fixtures.ts";

async function openForm(page: Page, orderNo: string) {
  await scan(page, orderNo);
  await page.getByRole("link", { name: "Refund", exact: true }).click();
  await page.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
  await page.getByRole("textbox", { name: "Note" }).fill("壞了 😡 #1");
}

test("scenario 29: the session ends while she writes; signed in again in the same tab, the draft is back and nothing was sent", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 640);
  const cashier = await comeIn(browser, "cashier");
  await openForm(cashier, orderNo);
  await expect(cashier.getByRole("region", { name: "What the payment company is told" })).toContainText(
    "壞了 😡 #1",
  );
  const other = await cashier.context().newPage();
  await other.goto("/");
  await signOut(other);

  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(cashier.getByRole("alert").filter({ hasText: "signed out" })).toBeVisible();
  await isAccessible(cashier);
  await cashier.getByRole("link", { name: "Sign in again" }).click();
  await signIn(cashier, "cashier");
  await expect(cashier.getByRole("textbox", { name: "Note" })).toHaveValue("壞了 😡 #1");
  await expect(cashier.getByRole("combobox", { name: "Reason" })).toHaveValue("damaged");
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 640 }]);
});

test("scenario 29: somebody else who signs in at the same tab finds an empty form", async ({ browser }) => {
  const orderNo = await newOrder("paid", 650);
  const page = await comeIn(browser, "cashier");
  await openForm(page, orderNo);
  const form = page.url();
  await signOut(page);
  await page.goto(form);
  await expect(page).toHaveURL(/signin\?next=/);
  await signIn(page, "manager");
  await expect(page.getByRole("combobox", { name: "Reason" })).toHaveValue("");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("");
});
