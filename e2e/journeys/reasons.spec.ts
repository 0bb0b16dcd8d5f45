import { comeIn, expect, isAccessible, newOrder, scan, test, verdict } from "../fixtures.ts";
import { openRequest } from "../refund-steps.ts";

test("the owner adds a reason, moves it up and renames one; the cashier chooses it, and the request keeps its words", async ({
  browser,
}) => {
  const owner = await comeIn(browser, "owner");
  await owner.getByRole("navigation").getByRole("link", { name: "Admin" }).click();
  await owner.getByRole("link", { name: "Reasons" }).click();
  await expect(owner.getByRole("textbox", { name: "Reason 2" })).toHaveValue("Damaged");
  await isAccessible(owner);
  await owner.getByRole("button", { name: "Add a reason" }).click();
  const added = owner.getByRole("textbox", { name: "Reason 7" });
  await owner.getByRole("button", { name: "Set the reasons" }).click();
  await expect(added).toBeFocused();
  await expect(added).toHaveAccessibleDescription(/fill this in/);
  await isAccessible(owner);
  await added.fill("試吃不合");
  await owner.getByRole("button", { name: "Move “試吃不合” up" }).click();
  await expect(owner.getByRole("textbox", { name: "Reason 6" })).toHaveValue("試吃不合");
  await owner.getByRole("button", { name: "Retire “Not delivered”" }).click();
  await owner.getByRole("button", { name: "Set the reasons" }).click();
  await expect(owner.getByRole("status")).toHaveText("The reasons are set.");

  const orderNo = await newOrder("paid");
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  const reason = cashier.getByRole("combobox", { name: "Reason" });
  await expect(reason.getByRole("option")).toHaveText([
    ...["Choose…", "Goods returned", "Damaged", "Wrong item", "Wrong amount", "試吃不合", "Other"],
  ]);
  await reason.selectOption({ label: "試吃不合" });
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");

  await owner.goto("/admin/reasons");
  await owner.getByRole("textbox", { name: "Reason 5" }).fill("Tasted and not liked");
  await owner.getByRole("button", { name: "Set the reasons" }).click();
  await expect(owner.getByRole("status")).toHaveText("The reasons are set.");
  await openRequest(cashier);
  await expect(cashier.getByText("試吃不合").first()).toBeVisible();
  await owner.getByRole("navigation").getByRole("link", { name: "Audit" }).click();
  const line = "Wrong amount, Tasted and not liked, and Other (was Goods returned, Damaged";
  await expect(owner.getByRole("listitem").filter({ hasText: line })).toHaveCount(1);
});
