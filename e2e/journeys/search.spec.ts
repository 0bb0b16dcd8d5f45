import { comeIn, control, expect, isAccessible, newOrder, scan, test } from "../fixtures.ts";

test("scenario 7: while the gateway is asked the page says so; silence is no missing order, and it can be asked again", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 75);
  await control("faults", { kind: "http-status", storeOrderNo: orderNo });
  await control("faults", { kind: "delay", delayMs: 2_500, storeOrderNo: orderNo });
  const cashier = await comeIn(browser, "cashier");
  const box = cashier.getByRole("searchbox", { name: "Order number" });
  await box.fill(orderNo);
  await cashier.keyboard.press("Enter");
  await expect(cashier.getByText(`The gateway did not answer about ${orderNo}.`)).toBeVisible();
  await isAccessible(cashier);
  await cashier.getByRole("link", { name: "Try again" }).click();
  await expect(cashier.getByText("Asking Scan2Pay…")).toBeVisible();
  await expect(cashier.getByRole("heading", { level: 1, name: orderNo })).toBeVisible();
});

test("scenario 2: full-width letters are read as the number, and a slip of the hand is answered with what it may have been", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 75);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  const box = cashier.getByRole("searchbox", { name: "Order number" });
  await expect(box).toHaveValue(orderNo);
  await box.fill([...orderNo].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(""));
  await cashier.keyboard.press("Enter");
  await expect(box).toHaveValue(orderNo);
  await expect(cashier.getByRole("heading", { level: 1, name: orderNo })).toBeVisible();
  await box.fill(`${orderNo}9`);
  await cashier.keyboard.press("Enter");
  await expect(cashier.getByText(`No order ${orderNo}9 in your stores.`)).toBeVisible();
  await expect(cashier.getByRole("row").filter({ hasText: orderNo })).toContainText("NT$75");
  await isAccessible(cashier);
  await cashier.getByRole("link", { name: "Find by amount and time" }).click();
  await expect(cashier.getByRole("heading", { level: 1, name: "Orders" })).toBeVisible();
});
