import { comeIn, expect, isAccessible, ledger, newOrder, test, verdict } from "../fixtures.ts";
import { askRefund, countPages, decide, openApproval, openRequest, requestState } from "../refund-steps.ts";

test("scenario 38: the manager rejects with a reason, the cashier reads it without a reload and asks again for the whole amount with a link to the first", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 300);
  const cashier = await comeIn(browser, "cashier");
  await askRefund(cashier, orderNo);
  await openRequest(cashier);
  await isAccessible(cashier);
  const pages = countPages(cashier);

  const manager = await comeIn(browser, "manager");
  await openApproval(manager, orderNo);
  await manager.getByRole("button", { name: "Reject" }).click();
  await expect(manager.getByRole("button", { name: "Not yet" })).toBeVisible();
  await isAccessible(manager);
  await manager.getByRole("button", { name: "Not yet" }).click();
  await decide(manager, "Reject", "Bring the receipt first");
  await expect(requestState(manager)).toContainText("Rejected");

  await expect(requestState(cashier)).toContainText("Rejected");
  await expect(requestState(cashier)).toContainText("Bring the receipt first");
  await expect(requestState(cashier)).toContainText("NT$300 is no longer reserved");
  await expect(cashier.getByRole("button", { name: "Withdraw" })).toHaveCount(0);
  expect(pages()).toBe(0);
  await cashier.getByRole("link", { name: "Ask again" }).click();
  await expect(cashier.getByRole("combobox", { name: "Reason" })).toHaveValue("damaged");
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");
  await openRequest(cashier);
  await expect(cashier.getByRole("term").filter({ hasText: "Follows" })).toBeVisible();
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 300 }]);
});
