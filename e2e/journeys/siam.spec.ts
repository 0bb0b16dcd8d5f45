import { comeIn, expect, isAccessible, newSiamOrder, scan, siamControl, test, verdict } from "../fixtures.ts";

test("the Siam cashier finds a demo order in baht; the cashier of 信義店 does not find it", async ({
  browser,
}) => {
  const siam = await comeIn(browser, "siam-cashier");
  await scan(siam, "TH180101001");
  await expect(verdict(siam)).toContainText("Paid");
  await expect(verdict(siam)).toContainText("1,000.00");
  await isAccessible(siam);
  const xinyi = await comeIn(browser, "cashier");
  await xinyi.getByRole("searchbox", { name: "Order number" }).fill("TH180101001");
  await xinyi.keyboard.press("Enter");
  await expect(xinyi.getByText("No order TH180101001 in your stores.")).toBeVisible();
});

test("the owner finds orders of both stores, and sees how both gateways stand", async ({ browser }) => {
  const owner = await comeIn(browser, "owner");
  await scan(owner, "TH180101001");
  await expect(verdict(owner)).toContainText("1,000.00");
  await scan(owner, "PO180101001");
  await expect(verdict(owner)).toContainText("1,200");
  await owner.locator("summary").first().click();
  await owner.getByRole("link", { name: "Gateways" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: "Gateways" })).toBeVisible();
  for (const gateway of ["Scan2Pay · 信義店", "Ksher · Siam"])
    await expect(owner.getByRole("region", { name: gateway })).toContainText("Last good answer");
  await isAccessible(owner);
});

test("a buyer pays on the payment page while the Siam cashier watches, and the page turns to Paid", async ({
  browser,
}) => {
  const { orderNo, payContent } = await newSiamOrder(6_500);
  const cashier = await comeIn(browser, "siam-cashier");
  await scan(cashier, orderNo);
  await expect(verdict(cashier)).toContainText("Waiting for payment");
  const buyer = await (await browser.newContext()).newPage();
  await buyer.goto(payContent);
  await isAccessible(buyer);
  await buyer.getByRole("combobox", { name: "Channel" }).selectOption("truemoney");
  await buyer.getByRole("button", { name: "Pay" }).click();
  await expect(buyer.getByText("paid ชำระเงินแล้ว")).toBeVisible();
  await expect(verdict(cashier)).toContainText("Paid");
  await expect(verdict(cashier)).toContainText("65.00");
  const [{ effects }] = await siamControl(`orders?storeOrderNo=${orderNo}`);
  expect(effects).toMatchObject([{ kind: "pay", amount: 6_500, origin: "payer" }]);
  const arrivals: { isViolation: boolean }[] = await siamControl("arrivals");
  expect(arrivals.filter(({ isViolation }) => isViolation)).toEqual([]);
});
