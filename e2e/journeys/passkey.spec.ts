import { comeIn, expect, isAccessible, signIn, signOut, test } from "../fixtures.ts";
import { firstPassword, openAccount } from "../new-account.ts";

test("a manager adds a passkey, comes in with it, and removes it", async ({ browser }) => {
  const { username } = await openAccount(browser, "Manager");
  const page = await comeIn(browser, username, firstPassword);
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await page.goto("/me");
  const passkeys = page.getByRole("region", { name: "Passkeys" });
  await passkeys.getByLabel("Name of the passkey").fill("My phone");
  await passkeys.getByLabel("Password, or a code").fill("not this one");
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  await expect(passkeys.getByText("Neither the password nor a code that counts.")).toBeVisible();
  await passkeys.getByLabel("Password, or a code").fill(firstPassword);
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  await expect(passkeys.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  await isAccessible(page);
  await passkeys.getByRole("button", { name: "I wrote them down" }).click();
  await expect(passkeys.getByText("not used yet")).toBeVisible();
  await signOut(page);

  await page.goto("/signin?next=%2Fapprovals");
  await signIn(page, username, firstPassword);
  const enter = page.getByRole("button", { name: "Go on with a passkey" });
  await expect(enter).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Recovery code" })).toBeVisible();
  await isAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Approvals" })).toBeVisible();

  await page.goto("/me");
  await expect(passkeys.getByText(/last used/)).toBeVisible();
  await passkeys.getByRole("button", { name: "Remove My phone" }).click();
  await passkeys.getByRole("listitem").getByLabel("Password, or a code").fill(firstPassword);
  await passkeys.getByRole("button", { name: "Remove it" }).click();
  await expect(passkeys.getByRole("button", { name: "Remove My phone" })).toHaveCount(0);
});
