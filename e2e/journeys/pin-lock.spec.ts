import { comeIn, expect, isAccessible, ledger, newOrder, test } from "../fixtures.ts";
import { askRefund, confirmPin, openApproval } from "../refund-steps.ts";

test("scenario 39: five wrong PINs lock it with a countdown that runs on through every poll, look away and reload, and its person is told", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 340);
  await askRefund(await comeIn(browser, "cashier"), orderNo);
  const manager = await comeIn(browser, "manager2");
  const timer = manager.getByRole("timer");
  const approve = manager.getByRole("button", { name: /^Approve/ });
  const pin = manager.getByRole("textbox", { name: "PIN" });
  const secondsLeft = async () => {
    const [, minutes, seconds] = /^(\d+):(\d\d)$/.exec((await timer.textContent()) ?? "") ?? [];
    return Number(minutes) * 60 + Number(seconds);
  };
  await openApproval(manager, orderNo);
  await approve.click();
  for (const left of [4, 3, 2, 1]) {
    await confirmPin(manager, "000000");
    await expect(pin).toHaveAccessibleDescription(`Wrong PIN. Tries left before it is locked: ${left}.`);
    await expect(pin).toBeFocused();
    await expect(pin).toHaveValue("");
  }
  await confirmPin(manager, "000000");
  await expect(timer).toBeVisible();
  await expect(manager.getByText("Too many wrong PINs")).toHaveCount(1);
  await expect(manager.locator(":focus")).toContainText("locked on this device");
  await isAccessible(manager);
  expect(await secondsLeft()).toBeLessThanOrEqual(15 * 60);
  await expect.poll(secondsLeft).toBeLessThan(15 * 60 - 4);
  await manager.getByRole("button", { name: "Not yet" }).click();
  await approve.click();
  await expect(pin).toHaveCount(0);
  expect(await secondsLeft()).toBeLessThan(15 * 60 - 4);

  await manager.reload();
  const notice = manager.getByText(/^Your PIN was locked at/);
  await expect(notice).toBeVisible();
  await manager.getByRole("button", { name: "I know" }).click();
  await expect(notice).toHaveCount(0);
  await approve.click();
  await expect(pin).toHaveCount(0);
  expect(await secondsLeft()).toBeLessThan(15 * 60 - 4);
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 340 }]);
});
