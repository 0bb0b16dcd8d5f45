import { comeIn, expect, newOrder, scan, test, verdict } from "../fixtures.ts";

test("while a page's scripts are on their way nothing that needs them takes a press; once they are there, one press is enough", async ({
  browser,
}) => {
  const orderNo = await newOrder("open", 90);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  const scripts = Promise.withResolvers<void>();
  await cashier.route("**/_next/static/**/*.js", async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await cashier.reload({ waitUntil: "commit" });
  await expect(verdict(cashier)).toContainText("Waiting for payment");
  const cancel = cashier.getByRole("button", { name: "Cancel order" });
  await expect(cancel).toBeDisabled();
  scripts.resolve();
  await cancel.click();
  await expect(cashier.getByRole("alertdialog", { name: "Cancel this order?" })).toBeVisible();
});
