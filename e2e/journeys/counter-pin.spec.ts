import { comeIn, expect, isAccessible, ledger, newOrder, test } from "../fixtures.ts";
import { askRefund, confirmPin, openRequest, requestState } from "../refund-steps.ts";

test("scenario 39: the manager comes to the till, types a wrong PIN and the right one; the cashier stays signed in and is no manager herself", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 330);
  const cashier = await comeIn(browser, "cashier");
  await askRefund(cashier, orderNo);
  await openRequest(cashier);
  await cashier.getByRole("button", { name: "Call a manager here" }).click();
  const who = cashier.getByRole("combobox", { name: "Manager" });
  const pin = cashier.getByRole("textbox", { name: "PIN" });
  await expect(who.getByRole("option").filter({ hasText: "林小美" })).toHaveCount(0);
  await confirmPin(cashier);
  await expect(who).toBeFocused();
  await expect(who).toHaveAccessibleDescription("Please fill this in.");
  await isAccessible(cashier);
  await who.selectOption({ label: "黃副店長 · Manager" });
  await confirmPin(cashier, "000000");
  await expect(pin).toHaveAccessibleDescription("Wrong PIN. Tries left before it is locked: 4.");
  await expect(pin).toBeFocused();
  await expect(pin).toHaveValue("");
  await expect(who.getByRole("option", { selected: true })).toHaveText("黃副店長 · Manager");
  await confirmPin(cashier);
  await expect(requestState(cashier)).toContainText("Refunded");
  await expect(requestState(cashier)).toContainText("Approved by 黃副店長");
  await cashier.getByRole("navigation").getByRole("link", { name: "My requests" }).click();
  await expect(cashier.getByRole("listitem").filter({ hasText: orderNo })).toContainText("Refunded");
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 330 },
    { kind: "refund", amount: 330 },
  ]);
});
