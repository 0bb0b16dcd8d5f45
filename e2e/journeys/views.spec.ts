import { breachesOn } from "../accessible.ts";
import { expect, test } from "../fixtures.ts";

test("a picture without words and grey on grey would be found on any view", async ({ page }) => {
  await page.goto("/signin");
  expect(await breachesOn(page)).toEqual([]);
  await page.evaluate(() => {
    const bad = `<img src="/icon.svg"><p style="color:#999;background:#aaa">NT$1,200</p>`;
    document.querySelector("main")?.insertAdjacentHTML("beforeend", bad);
  });
  const found = await breachesOn(page);
  expect(found.map((breach) => breach.split(":")[0]).toSorted()).toEqual(["color-contrast", "image-alt"]);
});
