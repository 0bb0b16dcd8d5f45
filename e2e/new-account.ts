import { type Browser, expect, type Page } from "@playwright/test";
import { comeIn } from "./fixtures.ts";

export const firstPassword = "four rainy umbrellas";
export const firstPin = "135792";

/** The owner opens an account at 信義店, so that a story may change it and leave the demo's alone; returns its username. */
export async function openAccount(
  browser: Browser,
  role: "Cashier" | "Manager",
): Promise<{ username: string; owner: Page }> {
  const username = `mei-${Date.now().toString(36)}`;
  const owner = await comeIn(browser, "owner");
  await owner.goto("/admin/staff/new");
  await owner.getByRole("textbox", { name: "Username" }).fill(username);
  await owner.getByRole("textbox", { name: "Name", exact: true }).fill("小美");
  await owner.getByRole("combobox", { name: "Role" }).selectOption({ label: role });
  await owner.getByRole("checkbox", { name: "信義店" }).check();
  await owner.getByRole("textbox", { name: "First password" }).fill(firstPassword);
  await owner.getByRole("textbox", { name: "First PIN" }).fill(firstPin);
  await owner.getByRole("button", { name: "Open the account" }).click();
  await expect(owner.getByRole("row").filter({ hasText: username })).toBeVisible();
  return { username, owner };
}
