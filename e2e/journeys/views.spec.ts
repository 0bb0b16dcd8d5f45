import { breachesOn } from "../accessible.ts";
import { comeIn, expect, test } from "../fixtures.ts";
import { clashesOn } from "../looks.ts";

test("a picture without words, grey on grey and two paddings at once would be found on any view", async ({
  page,
}) => {
  await page.goto("/signin");
  expect(await breachesOn(page)).toEqual([]);
  await page.evaluate(() => {
    const bad = `<img src="/icon.svg"><p style="color:#999;background:#aaa">NT$1,200</p>`;
    document.querySelector("main")?.insertAdjacentHTML("beforeend", bad);
  });
  const found = await breachesOn(page);
  expect(found.map((breach) => breach.split(":")[0]).toSorted()).toEqual(["color-contrast", "image-alt"]);
  await page.evaluate(() => document.querySelector("main")?.classList.add("p-4", "p-6"));
  expect(await clashesOn(page)).toEqual([expect.stringContaining("p-4 p-6")]);
});

test("the tab says the name of the page, and says one at every moment of going from page to page", async ({
  browser,
}) => {
  const owner = await comeIn(browser, "owner");
  await owner.evaluate(() => {
    const places: string[] = [];
    Object.assign(window, { placesWithoutName: places });
    const look = () => document.title === "" && places.push(location.pathname);
    new MutationObserver(look).observe(document.head, { childList: true, subtree: true });
  });
  const links = (nav: string) => owner.getByRole("navigation", { name: nav }).getByRole("link");
  const ofMain = await links("Main").allInnerTexts();
  expect(ofMain.length).toBeGreaterThan(4);
  const inAdmin = ["Stores", "Reasons", "Staff"];
  for (const [nav, names] of Object.entries({ Main: ofMain, Admin: inAdmin }))
    for (const name of names) {
      const link = links(nav).filter({ hasText: name });
      await link.click();
      await expect(link).toHaveAttribute("aria-current", "page");
      const heading = await owner.getByRole("heading", { level: 1 }).textContent();
      await expect(owner).toHaveTitle(`${heading} · Storedesk`);
    }
  expect(await owner.evaluate(() => Reflect.get(window, "placesWithoutName"))).toEqual([]);
});
