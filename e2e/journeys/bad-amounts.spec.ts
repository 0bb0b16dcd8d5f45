import type { Page } from "@playwright/test";
import { canaries } from "../canaries.ts";
import { comeIn, expect, isAccessible, ledger, scan, test, verdict } from "../fixtures.ts";
import { requestState } from "../refund-steps.ts";
import { newSecondOrder, openSecondShop } from "../second-shop.ts";

const inWords = {
  "zh-TW": {
    fields: { amount: "金額", note: "備註", reason: "原因", send: "送出申請" },
    notANumber: "這不是金額。",
    notPositive: "金額必須大於零。",
    noDecimals: "只能輸入整數元。",
    required: "請填寫。",
    tooLong: "太長了。",
  },
  th: {
    fields: { amount: "จำนวนเงิน", note: "หมายเหตุ", reason: "เหตุผล", send: "ส่งคำขอ" },
    notANumber: "ไม่ใช่จำนวนเงิน",
    notPositive: "จำนวนเงินต้องมากกว่าศูนย์",
    noDecimals: "ใส่จำนวนเต็มเท่านั้น",
    required: "โปรดกรอก",
    tooLong: "ยาวเกินไป",
  },
} as const;

const notes = { en: "Note", "zh-TW": "備註", th: "หมายเหตุ" } as const;

/** Opens the form in a language, without the draft of another visit, and waits until it answers to what is typed. */
async function openForm(page: Page, form: string, locale: keyof typeof notes): Promise<void> {
  await page.context().addCookies([{ name: "locale", value: locale, url: form }]);
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(form);
  const note = page.getByRole("textbox", { name: notes[locale] });
  await expect(async () => {
    await note.fill("xx");
    await expect(note).toHaveAccessibleDescription(/^2\D/, { timeout: 500 });
  }).toPass();
}

test("scenario 28: what is no amount gets a sentence beside it in each language, has the focus, and the draft stays; １，０００ is read as 1000, and scenario 23: more than remains names what reserves it", async ({
  browser,
}) => {
  await openSecondShop();
  const orderNo = await newSecondOrder(1_200);
  const cashier = await comeIn(browser, "second-cashier", canaries.password);
  await scan(cashier, orderNo);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await expect(cashier.getByRole("textbox", { name: "Amount" })).toBeVisible();
  const form = cashier.url();
  for (const locale of ["zh-TW", "th"] as const) {
    const { fields, ...words } = inWords[locale];
    await openForm(cashier, form, locale);
    const amount = cashier.getByRole("textbox", { name: fields.amount });
    const reason = cashier.getByRole("combobox", { name: fields.reason });
    const note = cashier.getByRole("textbox", { name: fields.note });
    const send = cashier.getByRole("button", { name: fields.send });
    const bad = [
      ["1e3", words.notANumber],
      ["NaN", words.notANumber],
      ["-5", words.notPositive],
      ["0", words.notPositive],
      ["1.5", words.noDecimals],
    ] as const;
    await note.fill("x".repeat(501));
    for (const [typed, sentence] of bad) {
      await amount.fill(typed);
      await send.click();
      await expect(amount).toHaveAccessibleDescription(sentence);
      await expect(amount).toBeFocused();
      await expect(amount).toHaveValue(typed);
    }
    await expect(reason).toHaveAccessibleDescription(words.required);
    await amount.fill("100");
    await send.click();
    await expect(reason).toBeFocused();
    await reason.selectOption("damaged");
    await send.click();
    await expect(note).toHaveAccessibleDescription(new RegExp(words.tooLong));
    await expect(note).toBeFocused();
    await expect(note).toHaveValue("x".repeat(501));
    await expect(reason).toHaveValue("damaged");
  }
  await isAccessible(cashier);

  await openForm(cashier, form, "en");
  const send = async (typed: string) => {
    await cashier.getByRole("textbox", { name: "Amount" }).fill(typed);
    await cashier.getByRole("combobox", { name: "Reason" }).selectOption("damaged");
    await cashier.getByRole("button", { name: "Send request" }).click();
  };
  await send("１，０００");
  await expect(verdict(cashier)).toContainText("Refund asked");
  await openForm(cashier, form, "en");
  await send("600");
  await expect(cashier.getByRole("textbox", { name: "Amount" })).toHaveAccessibleDescription(
    "More than what remains: NT$200 can still go back, NT$1,000 is reserved.",
  );
  await cashier.getByRole("link", { name: /^Reserved by Q/ }).click();
  await expect(requestState(cashier)).toContainText("NT$1,000");
  expect(await ledger(orderNo)).toEqual([{ kind: "pay", amount: 1_200 }]);
});
