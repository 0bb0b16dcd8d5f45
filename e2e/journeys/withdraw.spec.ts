import { comeIn, expect, isAccessible, ledger, newOrder, test } from "../fixtures.ts";
import { askRefund, countPages, openApproval, requestState } from "../refund-steps.ts";

test("scenario 34: the cashier withdraws while the manager looks; the manager reads by whom and when without a reload, and nothing can be pressed", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 310);
  const cashier = await comeIn(browser, "cashier");
  await askRefund(cashier, orderNo, "Wrong item");
  const manager = await comeIn(browser, "manager");
  await openApproval(manager, orderNo);
  await expect(manager.getByRole("button", { name: /^Approve/ })).toBeEnabled();
  const pages = countPages(manager);

  await cashier.getByRole("navigation").getByRole("link", { name: "My requests" }).click();
  const mine = cashier.getByRole("listitem").filter({ hasText: orderNo });
  await mine.getByRole("button", { name: "Withdraw" }).click();
  await expect(mine).toContainText("Withdrawn");
  await isAccessible(cashier);

  await expect(requestState(manager)).toContainText(/Withdrawn by 林小美 at \w{3} \d+ \d\d:\d\d/);
  for (const name of [/^Approve/, /^Reject/, /^Return/])
    await expect(manager.getByRole("button", { name })).toHaveCount(0);
  await expect(manager.getByRole("region", { name: "What happened" })).toContainText("Withdrawn");
  await isAccessible(manager);
  expect(pages()).toBe(0);
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 310 }]);
});
