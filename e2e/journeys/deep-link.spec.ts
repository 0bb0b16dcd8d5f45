import { comeIn, expect, newOrder, test, verdict } from "../fixtures.ts";

test("an order's address opens an order that nobody has looked up before", async ({ browser }) => {
  const orderNo = await newOrder("paid", 410);
  const cashier = await comeIn(browser, "cashier");
  await cashier.goto(`/orders/xinyi/${orderNo}`);
  await expect(cashier.getByRole("heading", { level: 1, name: orderNo })).toBeVisible();
  await expect(verdict(cashier)).toContainText("Paid");
});

test("the address of an order that does not exist, and of an account of another store, show no order", async ({
  browser,
}) => {
  const cashier = await comeIn(browser, "cashier");
  await cashier.goto("/orders/xinyi/NOSUCHORDER1");
  await expect(cashier.getByText(/No order NOSUCHORDER1/)).toBeVisible();
  const elsewhere = await cashier.goto("/orders/somebody-else/PO180101001");
  expect(elsewhere?.status()).toBe(404);
});
