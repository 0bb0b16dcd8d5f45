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

test("after a new deployment the old page's action is unknown: it reads as not knowing, and sending again works", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 710);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await cashier.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Wrong item" });
  let isOld = true;
  await cashier.route("**/refund", (route) => {
    const headers = route.request().headers();
    if (route.request().method() !== "POST" || !isOld) return route.continue();
    isOld = false;
    return route.continue({ headers: { ...headers, "next-action": "0".repeat(42) } });
  });
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(
    cashier.getByRole("alert").filter({ hasText: "We do not know if your request arrived" }),
  ).toBeVisible();
  await expect(cashier.getByRole("status")).toContainText("did not arrive");
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");
});
