import { canaries } from "../canaries.ts";
import { comeIn, control, expect, ledger, newOrder, scan, test, verdict } from "../fixtures.ts";
import { approveRefund, sendRefund } from "../refund-steps.ts";
import { newSecondOrder, openSecondShop } from "../second-shop.ts";

/** Whether the gateway was asked about the order after it gave money back: its word of the order is another one from then on. */
async function isConfirmed(orderNo: string): Promise<boolean> {
  const arrivals: { service: string; storeOrderNo: string }[] = await control("arrivals");
  return arrivals.findLast((one) => one.storeOrderNo === orderNo)?.service === "SingleOrderQuery";
}

test("scenario 24, with the capability: 400 of 1,000 go back, then the rest, then nothing remains; the gateway moved exactly that", async ({
  browser,
}) => {
  test.slow();
  await openSecondShop();
  const orderNo = await newSecondOrder(1_000);
  const cashier = await comeIn(browser, "second-cashier", canaries.password);
  const manager = await comeIn(browser, "second-manager", canaries.password);
  await scan(cashier, orderNo);
  await sendRefund(cashier, "1,001");
  await expect(cashier.getByRole("textbox", { name: "Amount" })).toBeFocused();
  await cashier.getByRole("textbox", { name: "Amount" }).fill("４００");
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");
  await approveRefund(manager, orderNo, canaries.pin);
  await expect(verdict(cashier)).toContainText("Partly refunded");
  await expect(cashier.getByRole("region", { name: "Money", exact: true })).toContainText("NT$600");
  // Asked for before that, the second part would be approved on facts that are about to change.
  await expect.poll(() => isConfirmed(orderNo)).toBe(true);
  await sendRefund(cashier, "600");
  await expect(verdict(cashier)).toContainText("Refund asked");
  await approveRefund(manager, orderNo, canaries.pin);
  await expect(verdict(cashier)).toContainText("Refunded");
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 1_000 },
    { kind: "refund", amount: 400 },
    { kind: "refund", amount: 600 },
  ]);
  await expect(cashier.getByRole("link", { name: "Refund", exact: true })).toHaveCount(0);
});

test("scenario 24, without the capability: the form offers the whole amount and says why; a crafted call with a part is refused by the server", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 1_000);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  let crafted = 0;
  await cashier.route("**/refund", (route) => {
    const sent = route.request().postData();
    if (!sent?.includes('"amount":"1000"')) return route.continue();
    crafted += 1;
    return route.continue({ postData: sent.replace('"amount":"1000"', '"amount":"400"') });
  });
  await sendRefund(cashier, null);
  await expect(cashier.getByText("This store refunds in full only.").last()).toBeVisible();
  await expect(cashier.getByRole("button", { name: "Send request" })).toBeVisible();
  expect(crafted).toBe(1);
  await cashier.getByRole("navigation").getByRole("link", { name: "My requests" }).click();
  await expect(cashier.getByRole("heading", { name: "My requests" })).toBeVisible();
  await expect(cashier.getByRole("main").getByText(orderNo)).toHaveCount(0);
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 1_000 }]);
});

test("scenario 4: a scan while the cursor is in the amount leaves the amount alone, offers the order and keeps the draft", async ({
  browser,
}) => {
  await openSecondShop();
  const asked = await newSecondOrder(1_000);
  const scanned = await newSecondOrder(2_000);
  const cashier = await comeIn(browser, "second-cashier", canaries.password);
  await scan(cashier, asked);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  const amount = cashier.getByRole("textbox", { name: "Amount" });
  const open = cashier.getByRole("link", { name: "Open" });
  // A machine under load may deliver keys slower than any scanner does: then it is typing, and is tried again.
  await expect(async () => {
    await amount.fill("400");
    await cashier.keyboard.type(scanned, { delay: 2 });
    await cashier.keyboard.press("Enter");
    await expect(amount).toHaveValue("400", { timeout: 1_000 });
    await expect(open).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await open.click();
  await expect(cashier.getByRole("heading", { level: 1, name: scanned })).toBeVisible();
  await scan(cashier, asked);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await expect(amount).toHaveValue("400");
  expect(await ledger(asked)).toEqual([{ kind: "pay", amount: 1_000 }]);
});
