import type { Page } from "@playwright/test";
import { twMerge } from "tailwind-merge";

/** What elements of this page wear two utilities for one property: the style sheet's order decides, not who wrote them. */
export async function clashesOn(page: Page): Promise<string[]> {
  const worn = await page.locator("[class]").evaluateAll((all) => all.map((one) => one.classList.value));
  return [...new Set(worn)].filter((names) => twMerge(names) !== names);
}
