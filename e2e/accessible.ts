import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type axe from "axe-core";

/**
 * The file that is less than half as long, in ASCII alone, which halves it again: each page that is looked at is sent it anew,
 * and that takes longer than to run it.
 */
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8").replace(
  /[^\0-\x7f]/g,
  (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
);

const rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/**
 * What axe finds on this page, each as the rule and the elements that break it. The library itself and not its driver for
 * Playwright: there are no frames here, and the driver takes five times the time (750 ms of processor against 143 a view).
 */
export async function breachesOn(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return page.evaluate(async (values) => {
    const { run }: typeof axe = Reflect.get(window, "axe");
    const { violations } = await run(document, {
      runOnly: { type: "tag", values },
      resultTypes: ["violations"],
      selectors: false,
      preload: false,
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, rules);
}
