import type { Page } from "@playwright/test";
import { expect, scan, verdict } from "./fixtures.ts";

/** From the order's page to the empty form, which must not begin with a complaint. */
async function openForm(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Refund", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Reason" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
}

/** The cashier scans the order, opens the form, fills it in and sends it. */
export async function askRefund(page: Page, orderNo: string, reason = "Damaged"): Promise<void> {
  await scan(page, orderNo);
  await openForm(page);
  await page.getByRole("combobox", { name: "Reason" }).selectOption({ label: reason });
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(page)).toContainText("Refund asked");
}

/** On the order's page: opens the form, fills it in (null: the amount as it is offered) and sends it. */
export async function sendRefund(page: Page, amount: string | null): Promise<void> {
  await openForm(page);
  if (amount !== null) await page.getByRole("textbox", { name: "Amount" }).fill(amount);
  await page.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
  await page.getByRole("button", { name: "Send request" }).click();
}

/** The manager finds the order's request, approves it with a PIN, and reads that it is approved. */
export async function approveRefund(page: Page, orderNo: string, pin = "246810"): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Approvals" }).click();
  await page.getByRole("row").filter({ hasText: orderNo }).getByRole("link").first().click();
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByLabel("PIN").fill(pin);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Approved" })).toBeVisible();
}

/** Where the request stands, on the page that shows it. */
export const requestState = (page: Page) => page.getByRole("region", { name: "Request", exact: true });

/** From the order's page to the request that waits for it. */
export async function openRequest(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^Request Q/ }).click();
  await expect(requestState(page)).toContainText("Waiting for a manager");
}

/** The manager finds the order's request among those that wait, and opens it. */
export async function openApproval(page: Page, orderNo: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Approvals" }).click();
  await page.getByRole("row").filter({ hasText: orderNo }).getByRole("link").click();
  await expect(requestState(page)).toContainText("Waiting for a manager");
}

/** Chooses one of the ways to decide, types the words for the cashier, and confirms. */
export async function decide(page: Page, what: "Reject" | "Return for change", words: string): Promise<void> {
  await page.getByRole("button", { name: what }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill(words);
  await page.getByRole("button", { name: "Confirm" }).click();
}

/** Types a PIN where one is asked for, and confirms. */
export async function confirmPin(page: Page, pin = "246810"): Promise<void> {
  await page.getByRole("textbox", { name: "PIN" }).fill(pin);
  await page.getByRole("button", { name: "Confirm" }).click();
}

/** Counts the pages somebody's browser asks the server for; whatever is polled is none. */
export function countPages(page: Page): () => number {
  let pages = 0;
  page.on("request", (request) => {
    if (request.headers().rsc || request.isNavigationRequest()) pages += 1;
  });
  return () => pages;
}
