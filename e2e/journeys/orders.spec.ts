import { comeIn, expect, isAccessible, newOrder, scan, test } from "../fixtures.ts";

test("scenario 9: without a receipt, the amount and the time list the orders of her store", async ({
  browser,
}) => {
  // An amount of its own: the books keep what earlier runs looked up today.
  const amount = 10_000 + (Date.now() % 80_000);
  const wanted = await newOrder("paid", amount);
  const other = await newOrder("paid", amount + 1);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, wanted);
  await scan(cashier, other);
  await cashier.getByRole("link", { name: "Orders", exact: true }).click();
  await expect(cashier.getByRole("heading", { level: 1, name: "Orders" })).toBeVisible();
  await cashier.getByRole("textbox", { name: "Amount", exact: true }).fill(String(amount));
  await cashier.getByLabel("From", { exact: true }).fill("00:00");
  await cashier.getByLabel("To", { exact: true }).fill("23:59");
  await cashier.getByRole("button", { name: "Show" }).click();
  const rows = cashier.getByRole("row");
  await expect(rows.filter({ hasText: wanted })).toContainText(`NT$${amount.toLocaleString("en")}`);
  await expect(rows.filter({ hasText: wanted })).toContainText("Paid");
  await expect(rows.filter({ hasText: other })).toHaveCount(0);
  await expect(cashier.getByText(/1 order · as of \d\d:\d\d:\d\d/)).toBeVisible();
  await isAccessible(cashier);
  await rows.filter({ hasText: wanted }).getByRole("link").click();
  await expect(cashier.getByRole("heading", { level: 1, name: wanted })).toBeVisible();
});

test("scenario 3: from a list of yesterday's, a whole number is found, and the filter is said to be set aside", async ({
  browser,
}) => {
  const orderNo = await newOrder("paid", 120);
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, orderNo);
  await cashier.getByRole("link", { name: "Orders", exact: true }).click();
  await cashier.getByRole("link", { name: "Yesterday" }).click();
  await expect(cashier).toHaveURL(/day=\d{4}-\d\d-\d\d/);
  const list = new URL(cashier.url()).search;
  await scan(cashier, orderNo);
  await expect(cashier.getByText("The filters of your list are set aside for this number.")).toBeVisible();
  await isAccessible(cashier);
  await cashier.getByRole("link", { name: "Back to the list" }).click();
  await expect(cashier).toHaveURL(new RegExp(`${list.replace("?", "\\?")}$`));
  await cashier.getByText("More", { exact: true }).click();
  await cashier.getByRole("textbox", { name: "Number begins with" }).fill(orderNo);
  await cashier.getByRole("button", { name: "Show" }).click();
  await expect(cashier.getByRole("status").filter({ hasText: "set aside for this number" })).toBeVisible();
  await expect(cashier.getByRole("row").filter({ hasText: orderNo })).toHaveCount(1);
});

test("a field that cannot be read is named beside it, what was typed stays, and an empty answer says what was looked for", async ({
  browser,
}) => {
  const cashier = await comeIn(browser, "cashier");
  await cashier.goto("/orders?amount=1e3&from=14:00&state=paid");
  await expect(cashier.getByText("This is not an amount.")).toBeVisible();
  await expect(cashier.getByRole("textbox", { name: "Amount", exact: true })).toHaveValue("1e3");
  await expect(cashier.getByLabel("From", { exact: true })).toHaveValue("14:00");
  await isAccessible(cashier);
  await cashier.goto("/orders?amount=999999&state=paid");
  await expect(cashier.getByText("Looked for: State Paid · Amount 999999")).toBeVisible();
  await isAccessible(cashier);
  await cashier.getByRole("link", { name: "Clear" }).click();
  await expect(cashier).toHaveURL(/\/orders$/);
});

test("without scripts the filter still narrows the list, and is kept under a name, renamed and deleted", async ({
  browser,
}) => {
  const cashier = await comeIn(browser, "cashier");
  const storageState = await cashier.context().storageState();
  const plain = await (await browser.newContext({ javaScriptEnabled: false, storageState })).newPage();
  await plain.goto("/orders");
  await plain.getByRole("textbox", { name: "Amount", exact: true }).fill("999999");
  await plain.getByRole("button", { name: "Show" }).click();
  await expect(plain.getByText("Looked for: Amount 999999")).toBeVisible();
  // A name of its own: the books keep what an earlier run that broke off has saved.
  const name = `Big ones ${Date.now()}`;
  const views = plain.getByRole("region", { name: "Saved views" });
  await views.locator("summary").click();
  await views.getByRole("textbox", { name: "Name of the view" }).fill(name);
  await views.getByRole("button", { name: "Save", exact: true }).click();
  await expect(views.getByText("The view is saved.")).toBeVisible();
  await plain.goto("/orders");
  await views.getByRole("link", { name }).click();
  await expect(plain).toHaveURL(/\/orders\?amount=999999$/);
  await views.locator("summary").click();
  const called = views.getByRole("textbox", { name: `Name of ${name}` });
  await called.fill(`${name} now`);
  await called.press("Enter");
  await expect(views.getByText("The view has its new name.")).toBeVisible();
  // With scripts it is the same list and the same forms.
  await cashier.goto("/orders");
  await cashier.getByText("Save or change views").click();
  await expect(cashier.getByRole("button", { name: `Delete ${name} now` })).toBeVisible();
  await isAccessible(cashier);
  await cashier.getByRole("button", { name: `Delete ${name} now` }).click();
  await expect(cashier.getByText("The view is deleted.")).toBeVisible();
  await expect(cashier.getByRole("link", { name })).toHaveCount(0);
});
