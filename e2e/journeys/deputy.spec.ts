import { comeIn, expect, isAccessible, ledger, newOrder, test } from "../fixtures.ts";
import { askRefund, confirmPin, openApproval, requestState } from "../refund-steps.ts";

test("scenario 41: the manager names the owner deputy, the owner approves for the manager, and the manager ends it", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 430);
  const manager = await comeIn(browser, "manager");
  await manager.goto("/me");
  await manager.getByRole("button", { name: "Name the deputy" }).click();
  const who = manager.getByRole("combobox", { name: "Deputy" });
  await expect(who).toBeFocused();
  const owner = await comeIn(browser, "owner");
  const name = (await who.getByRole("option").filter({ hasText: "Owner" }).textContent()) ?? "";
  await who.selectOption({ label: name });
  await manager.getByRole("button", { name: "Name the deputy" }).click();
  await expect(manager.getByText(`${name.split(" · ")[0]} stands in for you`)).toBeVisible();
  await isAccessible(manager);

  const cashier = await comeIn(browser, "cashier");
  await askRefund(cashier, orderNo);
  await openApproval(owner, orderNo);
  await expect(owner.getByText("You decide for 陳店長.")).toBeVisible();
  await isAccessible(owner);
  await owner.getByRole("button", { name: /^Approve/ }).click();
  await confirmPin(owner);
  await expect(requestState(owner)).toContainText("for 陳店長");
  await expect(requestState(owner)).toContainText("Refunded");
  expect((await ledger(orderNo)).map(({ kind }) => kind)).toEqual(["pay", "refund"]);
  await manager.getByRole("button", { name: "End it now" }).click();
  await expect(manager.getByText("stands in for you")).toHaveCount(0);
});
