import { setTimeout } from "node:timers/promises";
import { type Browser, test as base, expect, type Page } from "@playwright/test";
import { breachesOn } from "./accessible.ts";
import { leaveBrowsers, openBrowser, refusedBy, staysSignedIn, takeBrowser } from "./browsers.ts";
import { desk } from "./desk.ts";
import { clashesOn } from "./looks.ts";
import { witnessAnswers } from "./witness.ts";

export const simulatorOrigin = `http://127.0.0.1:${desk.scan2payPort}`;

const controlAt = (origin: string) => async (path: string, body?: object) => {
  const url = `${origin}/_control/${path}`;
  const answer = await fetch(url, body ? { method: "POST", body: JSON.stringify(body) } : {});
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

/** Talks to the control side of 信義店's gateway. */
export const control = controlAt(simulatorOrigin);
/** Talks to the control side of Siam's gateway; amounts in satang. */
export const siamControl = controlAt(`http://127.0.0.1:${desk.ksherPort}`);

const newNumber = () => `E${Date.now().toString(36).toUpperCase()}${Math.floor(Math.random() * 1000)}`;

/** A new order at the gateway; returns its number. */
export async function newOrder(state: "open" | "paid", totalFee = 1200): Promise<string> {
  const storeOrderNo = newNumber();
  await control("orders", { storeOrderNo, totalFee, state });
  return storeOrderNo;
}

/** A new order at Siam's gateway; returns its number and where its buyer pays. */
export async function newSiamOrder(totalFee = 15_050): Promise<{ orderNo: string; payContent: string }> {
  const orderNo = newNumber();
  await siamControl("orders", { storeOrderNo: orderNo, totalFee });
  const [{ payContent }] = await siamControl(`orders?storeOrderNo=${orderNo}`);
  return { orderNo, payContent };
}

/** What really moved at the gateway. */
export async function ledger(orderNo: string): Promise<{ kind: string; amount: number }[]> {
  const [order] = await control(`orders?storeOrderNo=${orderNo}`);
  return order.effects.map(({ kind, amount }: { kind: string; amount: number }) => ({ kind, amount }));
}

const demoPassword = "storedesk-demo";

/**
 * A person at a browser of their own. A cashier who signed in for an earlier story comes back with the same session; at a
 * second browser, and where that session has ended or is locked, she signs in. Who decides signs in each time: after a PIN
 * their session asks for none for some minutes.
 */
export async function comeIn(browser: Browser, username: string, password = demoPassword): Promise<Page> {
  const isOfDemo = password === demoPassword;
  const page = await (isOfDemo ? takeBrowser(browser, username) : openBrowser(browser));
  const counter = page.getByRole("heading", { name: "Counter" });
  const isExpected = (await page.context().cookies()).length > 0;
  if (isExpected) await page.goto("/");
  if (!isExpected || !(await counter.isVisible())) {
    await page.context().clearCookies();
    await page.goto("/signin");
    await signIn(page, username, password);
    await expect(counter).toBeVisible();
  }
  if (username.endsWith("cashier") && isOfDemo) await staysSignedIn(username, page);
  return page;
}

/** Fills in the sign-in page that is open. */
export async function signIn(page: Page, username: string, password = demoPassword): Promise<void> {
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Leaves by the account menu. */
export async function signOut(page: Page): Promise<void> {
  await page.locator("summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/signin/);
}

export async function scan(page: Page, orderNo: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Order number" }).fill(` ${orderNo}`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: orderNo })).toBeVisible();
}

export const verdict = (page: Page) => page.getByRole("region", { name: "Verdict" });

/** Notes every text the page's polite voice says. */
export async function spoken(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const region = document.querySelector("p[aria-live=polite]");
    const texts: string[] = [];
    if (!region) throw new Error("the page has no voice");
    new MutationObserver(() => texts.push(region.textContent ?? "")).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    Object.assign(window, { spoken: texts });
  });
  return () => page.evaluate(() => Reflect.get(window, "spoken"));
}

/** Nothing on this view that keeps somebody out, that its own policy refused, or whose look is left to the style sheet's order. */
export async function isAccessible(page: Page): Promise<void> {
  expect(refusedBy(page)).toEqual([]);
  expect(await breachesOn(page)).toEqual([]);
  expect(await clashesOn(page)).toEqual([]);
}

const answersReadMs = 500;

type ForStories = { leaveTheRoom: undefined };
type ForWorkers = { witness: ReturnType<typeof witnessAnswers> };

export const test = base.extend<ForStories, ForWorkers>({
  /** What the desk answers in any story is kept for the search for secrets afterwards (scripts/canary). */
  witness: [
    async ({ browser }, use) => {
      await use(witnessAnswers(browser));
    },
    { scope: "worker", auto: true },
  ],
  /** Pages of a story that is over would go on watching their orders through the next one. */
  leaveTheRoom: [
    async ({ browser, witness }, use) => {
      await use(undefined);
      // An answer that a story made up or cut off is never read to its end: closing its page ends the wait.
      await Promise.race([witness.done(), setTimeout(answersReadMs)]);
      await leaveBrowsers(browser);
    },
    { auto: true },
  ],
});
export { expect };
