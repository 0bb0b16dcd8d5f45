import { comeIn, expect, isAccessible, signIn, test } from "../fixtures.ts";

const password = "four rainy umbrellas";
const newName = () => `mei-${Date.now().toString(36)}`;

test("the owner opens an account; its person signs in and changes the PIN; closed, the next click leads to the sign-in page", async ({
  browser,
}) => {
  const username = newName();
  const owner = await comeIn(browser, "owner");
  await owner.getByRole("navigation").getByRole("link", { name: "Admin" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: "Staff" })).toBeVisible();
  await isAccessible(owner);
  await owner.getByRole("link", { name: "New account" }).click();
  await owner.getByRole("textbox", { name: "Username" }).fill(username);
  await owner.getByRole("textbox", { name: "Name", exact: true }).fill("小美");
  await owner.getByRole("combobox", { name: "Role" }).selectOption({ label: "Cashier" });
  await owner.getByRole("textbox", { name: "First password" }).fill("short");
  await owner.getByRole("textbox", { name: "First PIN" }).fill("123456");
  await owner.getByRole("button", { name: "Open the account" }).click();
  await expect(owner.getByText("Choose at least one store.")).toBeVisible();
  await owner.getByRole("checkbox", { name: "信義店" }).check();
  await owner.getByRole("button", { name: "Open the account" }).click();
  const first = owner.getByRole("textbox", { name: "First password" });
  await expect(first).toBeFocused();
  await expect(first).toHaveAccessibleDescription(/At least 12 characters\. A short sentence/);
  await expect(owner.getByRole("textbox", { name: "First PIN" })).toHaveAccessibleDescription(/no 123456/);
  await isAccessible(owner);
  await first.fill("password1234");
  await owner.getByRole("textbox", { name: "First PIN" }).fill("135792");
  await owner.getByRole("button", { name: "Open the account" }).click();
  await expect(first).toHaveAccessibleDescription(/passwords like this one have leaked/);
  await first.fill(password);
  await owner.getByRole("button", { name: "Open the account" }).click();
  const row = owner.getByRole("row").filter({ hasText: username });
  await expect(row).toContainText("Never signed in");

  const mei = await comeIn(browser, username, password);
  await mei.locator("summary").click();
  await mei.getByRole("link", { name: "My account" }).click();
  await expect(mei.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  await isAccessible(mei);
  const pin = mei.locator("form").filter({ has: mei.getByRole("heading", { name: "PIN" }) });
  await pin.getByLabel("Password now").fill("not this one");
  await pin.getByLabel("New PIN", { exact: true }).fill("864213");
  await pin.getByLabel("New PIN once more").fill("864213");
  await pin.getByRole("button", { name: "Change the PIN" }).click();
  await expect(pin.getByLabel("Password now")).toHaveAccessibleDescription(/not the password as it is now/);
  await pin.getByLabel("Password now").fill(password);
  await pin.getByRole("button", { name: "Change the PIN" }).click();
  await expect(mei.getByText("The PIN is changed.")).toBeVisible();

  await row.getByRole("link").click();
  await expect(owner.getByRole("checkbox", { name: "The account is open" })).toBeVisible();
  await isAccessible(owner);
  await owner.getByRole("checkbox", { name: "The account is open" }).uncheck();
  await owner.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Closed");
  await mei.getByRole("navigation").getByRole("link", { name: "Counter" }).click();
  await expect(mei).toHaveURL(/signin/);
  await signIn(mei, username, password);
  await expect(mei.getByRole("alert").filter({ hasText: "That did not work" })).toBeVisible();
  await owner.getByRole("navigation").getByRole("link", { name: "Audit" }).click();
  await expect(owner.getByRole("listitem").filter({ hasText: `opened the account ${username}` })).toHaveCount(
    1,
  );
});

test("scenario 48: a cashier who types the address of the staff pages finds nothing there; the owner cannot change her own account", async ({
  browser,
}) => {
  const cashier = await comeIn(browser, "cashier");
  for (const address of ["/admin/staff", "/admin/staff/new", "/admin/staff/cashier"]) {
    expect((await cashier.goto(address))?.status(), address).toBe(404);
  }
  const owner = await comeIn(browser, "owner");
  await owner.goto("/admin/staff/owner");
  await expect(owner.getByText("This is you.")).toBeVisible();
  await expect(owner.getByRole("button", { name: "Save" })).toHaveCount(0);
});
