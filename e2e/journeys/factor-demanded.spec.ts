import { comeIn, expect, isAccessible, signIn, test } from "../fixtures.ts";

test("the owner wants a second step of auditors: the auditor sets it up before anything else, and goes on once it is no longer wanted", async ({
  browser,
}) => {
  const owner = await comeIn(browser, "owner");
  await owner.goto("/admin/sign-in");
  await isAccessible(owner);
  const save = async (isWanted: boolean) => {
    await owner.getByRole("checkbox", { name: "Auditor" }).setChecked(isWanted);
    await owner.getByRole("button", { name: "Save" }).click();
    await expect(owner.getByText("Saved.")).toBeVisible();
  };
  await save(true);
  try {
    const auditor = await (await browser.newContext()).newPage();
    await auditor.goto("/signin?next=%2Faudit");
    await signIn(auditor, "auditor");
    await expect(auditor.getByRole("heading", { level: 1, name: "First a second step" })).toBeVisible();
    await auditor.goto("/attention");
    await expect(auditor).toHaveURL(/signin\/setup\?next=%2Fattention/);
    expect((await auditor.request.get("/api/counter")).status()).toBe(401);
    await auditor.getByRole("button", { name: "Set it up" }).click();
    await expect(auditor.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
    await isAccessible(auditor);
    await owner.reload();
    await save(false);
    await auditor.reload();
    await expect(auditor.getByRole("heading", { level: 1, name: "Attention" })).toBeVisible();
  } finally {
    await owner.goto("/admin/sign-in");
    await save(false);
  }
});
