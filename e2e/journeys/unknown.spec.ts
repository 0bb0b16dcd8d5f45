import {
  comeIn,
  control,
  expect,
  isAccessible,
  ledger,
  newOrder,
  simulatorOrigin,
  test,
  verdict,
} from "../fixtures.ts";
import { askRefund, confirmPin, openApproval } from "../refund-steps.ts";

test("scenario 43: accepted and the answer lost: the cashier reads that nobody knows and what not to do, then Refunded by itself, with one refund in the ledger", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 840);
  const cashier = await comeIn(browser, "cashier");
  await askRefund(cashier, orderNo);
  const gateway = await (await browser.newContext()).newPage();
  await gateway.goto(simulatorOrigin);
  await gateway.getByLabel("Next answer").selectOption({ label: "accepted, answer lost" });
  await gateway.getByLabel(/^of/).selectOption("Refund");
  await gateway.getByLabel(/^order/).fill(orderNo);
  await gateway.getByRole("button", { name: "Let it happen once" }).click();
  await expect(gateway.getByText("lost-after-effect × 1")).toBeVisible();
  const manager = await comeIn(browser, "manager");
  await openApproval(manager, orderNo);
  await manager.getByRole("button", { name: /^Approve/ }).click();
  await confirmPin(manager);
  // The first question finds no answer either, so that people have the time to read.
  const isSent = async () => {
    const arrivals: { service: string; storeOrderNo: string }[] = await control("arrivals");
    return arrivals.some((one) => one.service === "Refund" && one.storeOrderNo === orderNo);
  };
  await expect.poll(isSent, { intervals: [50] }).toBe(true);
  await control("faults", { kind: "http-status", service: "SingleOrderQuery", storeOrderNo: orderNo });

  await expect(verdict(cashier)).toContainText("We do not know");
  await expect(verdict(cashier)).toContainText("do not pay cash, do not ask again");
  await expect(cashier.getByRole("link", { name: "Refund", exact: true })).toHaveCount(0);
  await expect(cashier.getByRole("region", { name: "Progress" })).toContainText("has not confirmed yet");
  await isAccessible(cashier);
  await expect(verdict(cashier)).toContainText("Refunded", { timeout: 60_000 });
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 840 },
    { kind: "refund", amount: 840 },
  ]);
  await expect(manager.getByRole("main")).toContainText("Refunded");
});
