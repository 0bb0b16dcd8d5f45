import { comeIn, expect, isAccessible, test } from "../fixtures.ts";

test("the owner sees who is signed in where and ends one: the next click there leads to the sign-in page", async ({
  browser,
}) => {
  const away = await comeIn(browser, "manager2");
  const owner = await comeIn(browser, "owner");
  await owner.getByRole("navigation").getByRole("link", { name: "Admin" }).click();
  await owner.getByRole("link", { name: "Devices" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: "Who is signed in where" })).toBeVisible();
  await isAccessible(owner);
  const rows = owner.getByRole("row").filter({ hasText: "manager2" });
  const before = await rows.count();
  await rows.first().getByRole("button", { name: "Sign out" }).click();
  await expect(rows).toHaveCount(before - 1);
  await away.getByRole("navigation").getByRole("link", { name: "Approvals" }).click();
  await expect(away).toHaveURL(/signin/);
  await owner.goto("/audit?who=owner");
  await expect(
    owner.getByRole("listitem").filter({ hasText: "ended a session of manager2" }).first(),
  ).toBeVisible();
});
