import type { Page } from "@playwright/test";
import { payloads } from "../../test/threats/door/payloads.ts";
import { comeIn, control, expect, scan, test, verdict } from "../fixtures.ts";
import { decide, openApproval, openRequest, requestState } from "../refund-steps.ts";

const noteLengthMax = 500;

/** The payloads that are typed here; in every text of every page stand 273 (test/threats/surface.live.test.ts). */
const typed = payloads.filter((_, place) => place % 3 === 0);

/** They in as few notes as hold them. */
function notes(): string[] {
  const all: string[] = [""];
  for (const one of typed) {
    const last = `${all.at(-1)}\n${one}`;
    if (last.length > noteLengthMax) all.push(one);
    else all[all.length - 1] = last;
  }
  return all.map((note) => note.trim());
}

/** What a text would have become that was taken for markup. */
const strangers =
  "iframe, object, embed, base, [onerror], [onload], [onfocus], [onmouseover], [href^='javascript:']";

/** Nothing ran on this page, and nothing tried to: a script that stood as one would have been stopped by the policy. */
async function isText(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect(page.locator("body")).toContainText(text.replaceAll(/\s+/g, " "));
  expect(await page.evaluate(() => Reflect.get(window, "ran"))).toBeUndefined();
  await expect(page.locator(strangers)).toHaveCount(0);
}

test("T11: 12 scripts typed into notes, reasons, searches and the gateway's own text run on nobody's screen and are read as they were typed", async ({
  browser,
}) => {
  const [cashier, manager] = [await comeIn(browser, "cashier"), await comeIn(browser, "manager")];
  const refused: string[] = [];
  for (const page of [cashier, manager])
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) refused.push(message.text());
    });
  for (const [place, note] of notes().entries()) {
    const storeOrderNo = `X${Date.now().toString(36).toUpperCase()}${place}`;
    const title = typed[place] ?? "";
    await control("orders", { storeOrderNo, totalFee: 100, state: "paid", body: title });
    await scan(cashier, storeOrderNo);
    await isText(cashier, [title]);
    await cashier.getByRole("link", { name: "Refund", exact: true }).click();
    await cashier.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
    await cashier.getByRole("textbox", { name: "Note" }).fill(note);
    await cashier.getByRole("button", { name: "Send request" }).click();
    await expect(verdict(cashier)).toContainText("Refund asked");
    await openRequest(cashier);
    await isText(cashier, [note]);
    await openApproval(manager, storeOrderNo);
    await isText(manager, [note]);
    await decide(manager, "Reject", note);
    await expect(requestState(manager)).toContainText("Rejected");
    await expect(requestState(cashier)).toContainText("Rejected");
    await isText(cashier, [note]);
  }
  for (const one of typed.filter((_, place) => place % 3 === 0)) {
    await cashier.goto(`/search?q=${encodeURIComponent(one)}`);
    await isText(cashier, []);
  }
  await manager.goto("/audit");
  await isText(manager, [notes().at(-1) ?? ""]);
  expect(refused).toEqual([]);

  // Put there as markup by hand, it is seen and stopped: the search is not blind.
  await manager.evaluate(
    (markup) => document.body.insertAdjacentHTML("beforeend", markup),
    payloads[8] ?? "",
  );
  await expect(manager.locator(strangers)).toHaveCount(1);
  await expect.poll(() => refused.length).toBe(1);
  expect(await manager.evaluate(() => Reflect.get(window, "ran"))).toBeUndefined();
});
