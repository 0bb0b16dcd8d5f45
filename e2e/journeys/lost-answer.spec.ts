import { comeIn, expect, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";

const losses = {
  "the answer is lost after the request arrived": { arrives: true },
  "the request is lost on its way": { arrives: false },
};

for (const [what, { arrives }] of Object.entries(losses)) {
  test(`scenario 22: ${what}: the page says that it does not know, finds out, and one request exists`, async ({
    browser,
  }) => {
    const orderNo = await newOrder("paid", 700);
    const cashier = await comeIn(browser, "cashier");
    await scan(cashier, orderNo);
    await cashier.getByRole("link", { name: "Refund", exact: true }).click();
    await cashier.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Wrong item" });
    let isLost = false;
    await cashier.route("**/refund", async (route) => {
      if (route.request().method() !== "POST" || isLost) return route.continue();
      isLost = true;
      if (arrives) await route.fetch();
      return route.abort("connectionreset");
    });
    await cashier.getByRole("button", { name: "Send request" }).click();
    await expect(
      cashier.getByRole("alert").filter({ hasText: "We do not know if your request arrived" }),
    ).toBeVisible();
    if (!arrives) {
      await expect(cashier.getByRole("status")).toContainText("did not arrive");
      await expect(cashier.getByRole("combobox", { name: "Reason" })).toHaveValue("wrong-item");
      await cashier.getByRole("button", { name: "Send request" }).click();
    }
    await expect(verdict(cashier)).toContainText("Refund asked");
    await cashier.getByRole("link", { name: "My requests" }).click();
    await expect(cashier.getByRole("main").getByText(orderNo)).toHaveCount(1);
    expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 700 }]);
  });
}
