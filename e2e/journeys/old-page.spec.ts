import { comeIn, expect, isAccessible, newOrder, scan, test, verdict } from "../fixtures.ts";

/** An action that no version of the desk has: what a page from before an upgrade asks for. */
const goneAction = `40${"0".repeat(40)}`;

test("a page from before an upgrade says so when somebody sends; reloaded, the draft is back and it is sent once", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 730);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await cashier.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
  await cashier.getByRole("textbox", { name: "Note" }).fill("舊頁 #1");
  await cashier.route("**/*", (route) => {
    const headers = route.request().headers();
    return headers["next-action"]
      ? route.continue({ headers: { ...headers, "next-action": goneAction } })
      : route.continue();
  });
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(cashier.getByRole("alert").filter({ hasText: "from an older version" })).toBeVisible();
  await isAccessible(cashier);

  await cashier.unroute("**/*");
  await cashier.reload();
  await expect(cashier.getByRole("textbox", { name: "Note" })).toHaveValue("舊頁 #1");
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");
});
