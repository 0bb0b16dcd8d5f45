import { comeIn, expect, isAccessible, newOrder, test } from "../fixtures.ts";
import { askRefund, openApproval } from "../refund-steps.ts";

test("an approval that is drawn anew was not opened again: what the gateway said at its opening stays fresh", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 360);
  await askRefund(await comeIn(browser, "cashier"), orderNo);
  const manager = await comeIn(browser, "manager");
  await openApproval(manager, orderNo);
  await expect(manager.getByText("Nothing changed since it was asked.")).toBeVisible();
  const address = `**/api/requests/*/status`;
  const answer = await (await manager.waitForResponse(address)).json();
  await manager.route(address, (route) => route.fulfill({ json: answer }));
  await manager.locator("summary").click();
  await manager.getByRole("combobox", { name: "Language" }).selectOption("th");
  await expect(manager.getByText("ไม่มีอะไรเปลี่ยนจากตอนขอ")).toBeVisible();
  await expect(manager.getByRole("button", { name: /^อนุมัติ/ })).toBeEnabled();
  await isAccessible(manager);
});
