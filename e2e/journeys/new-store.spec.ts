import {
  comeIn,
  control,
  expect,
  isAccessible,
  ledger,
  scan,
  simulatorOrigin,
  test,
  verdict,
} from "../fixtures.ts";

const password = "four rainy umbrellas";
const pin = "864213";

test("an owner sets a new store up by the pages alone; then its cashier asks for a refund and its manager approves", async ({
  browser,
}) => {
  const mark = Date.now().toString(36);
  const [code, slug, mchId] = [`N${mark.slice(-6)}`, `new-${mark}`, "S2PSIM0003"];
  await control("merchants", { mchId, tradePassword: "trade-new", refundPassword: "refund-new" });
  const merchants: { mchId: string; publicKeyPem: string; ivs: string[] }[] = await control("merchants");
  const merchant = merchants.find((one) => one.mchId === mchId);

  const owner = await comeIn(browser, "owner");
  const admin = async (place: string) => {
    await owner.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Admin" }).click();
    await owner.getByRole("navigation", { name: "Admin" }).getByRole("link", { name: place }).click();
  };
  await admin("Stores");
  await isAccessible(owner);
  await owner.getByRole("link", { name: "New store" }).click();
  await owner.getByRole("textbox", { name: "Code" }).fill(code);
  await owner.getByRole("textbox", { name: "Name" }).fill(`新店 ${mark}`);
  await owner.getByRole("textbox", { name: "The day ends at" }).fill("2 o'clock");
  await owner.getByRole("button", { name: "Open the store" }).click();
  const cut = owner.getByRole("textbox", { name: "The day ends at" });
  await expect(cut).toBeFocused();
  await expect(cut).toHaveAccessibleDescription(/A time such as 02:00/);
  await isAccessible(owner);
  await cut.fill("02:00");
  await owner.getByRole("button", { name: "Open the store" }).click();

  const shop = owner.getByRole("region", { name: `新店 ${mark}` });
  await shop.getByRole("link", { name: "New Scan2Pay account" }).click();
  await owner.getByRole("textbox", { name: "Short name" }).fill(slug);
  await owner.getByRole("textbox", { name: "Merchant ID" }).fill(mchId);
  await owner.getByLabel("Trade password").fill("trade-new");
  await owner.getByLabel("Refund password").fill("refund-new");
  await owner.getByLabel("AES IV").fill(merchant?.ivs[0] ?? "");
  await owner.getByRole("textbox", { name: "Public key of Scan2Pay" }).fill("no key");
  await owner
    .getByRole("textbox", { name: "Address of the gateway" })
    .fill(`${simulatorOrigin}/allpaypass/api/general`);
  await owner.getByRole("button", { name: "Open the account" }).click();
  const key = owner.getByRole("textbox", { name: "Public key of Scan2Pay" });
  await expect(key).toBeFocused();
  await isAccessible(owner);
  await key.fill(merchant?.publicKeyPem ?? "");
  await owner.getByRole("button", { name: "Open the account" }).click();
  await shop.getByRole("button", { name: `Test ${slug}` }).click();
  await expect(shop.getByText("The payment company takes the key.")).toBeVisible();
  await shop.getByRole("link", { name: new RegExp(`^${slug}`) }).click();
  await expect(owner.getByText("Keys are never shown.")).toBeVisible();
  for (const secret of ["Trade password", "Refund password", "AES IV"])
    await expect(owner.getByLabel(secret)).toHaveValue("");

  for (const role of ["Cashier", "Manager"]) {
    await admin("Staff");
    await owner.getByRole("link", { name: "New account" }).click();
    await owner.getByRole("textbox", { name: "Username" }).fill(`${role.toLowerCase()}-${mark}`);
    await owner.getByRole("textbox", { name: "Name", exact: true }).fill(role);
    await owner.getByRole("combobox", { name: "Role" }).selectOption({ label: role });
    await owner.getByRole("checkbox", { name: `新店 ${mark}` }).check();
    await owner.getByRole("textbox", { name: "First password" }).fill(password);
    await owner.getByRole("textbox", { name: "First PIN" }).fill(pin);
    await owner.getByRole("button", { name: "Open the account" }).click();
    await expect(owner.getByRole("row").filter({ hasText: `${role.toLowerCase()}-${mark}` })).toBeVisible();
  }

  const orderNo = `S${mark.toUpperCase()}`;
  await control("orders", { storeOrderNo: orderNo, totalFee: 640, state: "paid", mchId });
  const cashier = await comeIn(browser, `cashier-${mark}`, password);
  await scan(cashier, orderNo);
  await expect(verdict(cashier)).toContainText("Paid");
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await cashier.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");
  const manager = await comeIn(browser, `manager-${mark}`, password);
  await manager.getByRole("navigation").getByRole("link", { name: "Approvals" }).click();
  await manager.getByRole("row").filter({ hasText: orderNo }).getByRole("link").first().click();
  await manager.getByRole("button", { name: /^Approve/ }).click();
  await manager.getByLabel("PIN").fill(pin);
  await manager.getByRole("button", { name: "Confirm" }).click();
  await expect(verdict(cashier)).toContainText("Refunded");
  expect(await ledger(orderNo)).toEqual([
    { kind: "pay", amount: 640 },
    { kind: "refund", amount: 640 },
  ]);
});
