import type { Browser, Cookie, Page } from "@playwright/test";

/**
 * Browsers that stay open from story to story, as a till's does: to open one anew takes twice the time of a page. Between two
 * stories each stands on a page that asks nothing, without drafts, and with the cookies its person is to come back with.
 */
type Kept = { readonly page: Page; cookies: Cookie[]; isTaken: boolean };
const kept = new Map<string, Kept>();

/** What its browser refused to load or apply since somebody took it, by page. */
const refused = new WeakMap<Page, string[]>();
export const refusedBy = (page: Page): readonly string[] => refused.get(page) ?? [];

/** A browser that is closed after the story. */
export async function openBrowser(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  refused.set(page, []);
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.get(page)?.push(message.text());
  });
  return page;
}

/** This person's browser; a new one at the first time, and for somebody who sits at two in one story. */
export async function takeBrowser(browser: Browser, username: string): Promise<Page> {
  const known = kept.get(username);
  if (known?.isTaken) return openBrowser(browser);
  const { page, cookies } = known ?? { page: await openBrowser(browser), cookies: [] };
  refused.set(page, []);
  kept.set(username, { page, cookies, isTaken: true });
  return page;
}

/** Her session outlasts the story: she comes back with these cookies. */
export async function staysSignedIn(username: string, page: Page): Promise<void> {
  const known = kept.get(username);
  if (known?.page === page) known.cookies = await page.context().cookies();
}

/** True if the page is as it was before anybody took it. A clock that a story set cannot be put right again. */
async function tidy({ page, cookies }: Kept): Promise<boolean> {
  for (const other of page.context().pages()) if (other !== page) await other.close();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.goto("/api/health");
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
  return page.evaluate(() => {
    sessionStorage.clear();
    localStorage.clear();
    return Function.prototype.toString.call(Date).includes("[native code]");
  });
}

/** After a story: whoever has a browser that stays leaves it as it was; all others are closed. */
export async function leaveBrowsers(browser: Browser): Promise<void> {
  for (const [username, one] of kept) {
    if (one.isTaken && !(await tidy(one).catch(() => false))) kept.delete(username);
    one.isTaken = false;
  }
  const staying = [...kept.values()].map(({ page }) => page.context());
  const leaving = browser.contexts().filter((context) => !staying.includes(context));
  await Promise.all(leaving.map((context) => context.close()));
}
