import { comeIn, expect, isAccessible, ledger, newOrder, test } from "../fixtures.ts";
import { askRefund, openApproval } from "../refund-steps.ts";

const inWords = {
  "zh-TW": {
    press: { reject: "拒絕", approve: /^核准/, confirm: "確認", notYet: "先不決定", reason: "原因" },
    required: "請填寫。",
    tooLong: "太長了。",
    pinDigits: "PIN 碼是六位數字。",
    wrong: "PIN 碼錯誤，再錯 4 次就會鎖定。",
  },
  th: {
    press: {
      reject: "ปฏิเสธ",
      approve: /^อนุมัติ/,
      confirm: "ยืนยัน",
      notYet: "ยังไม่ตัดสินใจ",
      reason: "เหตุผล",
    },
    required: "โปรดกรอก",
    tooLong: "ยาวเกินไป",
    pinDigits: "PIN มีหกหลัก",
    wrong: "PIN ผิด ลองได้อีก 3 ครั้งก่อนถูกล็อก",
  },
} as const;

test("a reason that is empty or too long, and a PIN of letters, get a sentence beside the field in each language, the focus, and no decision", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 370);
  await askRefund(await comeIn(browser, "cashier"), orderNo);
  const manager = await comeIn(browser, "manager");
  await openApproval(manager, orderNo);
  for (const [locale, { press, required, tooLong, pinDigits, wrong }] of Object.entries(inWords)) {
    await manager.context().addCookies([{ name: "locale", value: locale, url: manager.url() }]);
    await manager.reload();
    const button = (name: string | RegExp) => manager.getByRole("button", { name });
    const reason = manager.getByRole("textbox", { name: press.reason });
    await button(press.reject).click();
    for (const [typed, sentence] of [
      ["", required],
      ["好".repeat(501), tooLong],
    ] as const) {
      await reason.fill(typed);
      await button(press.confirm).click();
      await expect(reason).toHaveAccessibleDescription(new RegExp(sentence));
      await expect(reason).toBeFocused();
      await expect(reason).toHaveValue(typed);
    }
    await button(press.notYet).click();
    const pin = manager.getByRole("textbox", { name: "PIN" });
    await button(press.approve).click();
    for (const [typed, sentence] of [
      ["abcdef", pinDigits],
      ["000000", wrong],
    ] as const) {
      await pin.fill(typed);
      await button(press.confirm).click();
      await expect(pin).toHaveAccessibleDescription(sentence);
      await expect(pin).toBeFocused();
      await expect(pin).toHaveValue("");
    }
  }
  await manager.getByRole("navigation").getByRole("link", { name: "รออนุมัติ" }).click();
  await expect(manager.getByRole("row").filter({ hasText: orderNo })).toBeVisible();
  await isAccessible(manager);
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 370 }]);
});
