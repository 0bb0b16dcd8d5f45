import { comeIn, expect, isAccessible, ledger, newOrder, test, verdict } from "../fixtures.ts";
import { askRefund, confirmPin, decide, openApproval, openRequest, requestState } from "../refund-steps.ts";

test("returned for change, answered, approved: one refund, and both read the whole story", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 320);
  const cashier = await comeIn(browser, "cashier");
  await askRefund(cashier, orderNo);
  await openRequest(cashier);
  const manager = await comeIn(browser, "manager");
  await openApproval(manager, orderNo);
  await decide(manager, "Return for change", "Which cup was it?");
  await expect(requestState(manager)).toContainText("Returned for change");

  await expect(requestState(cashier)).toContainText("Which cup was it?");
  await cashier.getByRole("link", { name: "Change and send again" }).click();
  await expect(cashier.getByRole("region", { name: /^Change Q/ })).toContainText("Which cup was it?");
  await isAccessible(cashier);
  await cashier.getByRole("textbox", { name: "Note" }).fill("The red one, the lid was broken");
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");

  await openApproval(manager, orderNo);
  await expect(manager.getByText("The red one, the lid was broken")).toHaveCount(2);
  await manager.getByRole("button", { name: /^Approve/ }).click();
  await confirmPin(manager);
  await expect(requestState(manager)).toContainText("Refunded");
  const thread = manager.getByRole("region", { name: "What happened" }).getByRole("listitem");
  await expect(thread).toContainText([
    /Asked.*林小美/,
    /Returned for change.*Which cup was it\?/,
    /Changed and sent again.*林小美.*The red one, the lid was broken/,
    "Approved",
    "Sent to the payment company",
    "Money went back",
  ]);
  await expect(verdict(cashier)).toContainText("Refunded");
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 320 },
    { kind: "refund", amount: 320 },
  ]);
});
