import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import {
  comeIn,
  control,
  expect,
  isAccessible,
  newSiamOrder,
  scan,
  siamControl,
  test,
  verdict,
} from "../fixtures.ts";

/** Presses the button and reads the file that comes: its name, and its lines as cells. */
async function download(page: Page): Promise<{ name: string; lines: string[][]; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download as CSV" }).click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  const lines = text.slice(1).split("\r\n").slice(0, -1);
  const cells = lines.map((line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = ""]) => cell.replaceAll('""', '"')),
  );
  return { name: file.suggestedFilename(), lines: cells, text };
}

const zeros = () => `00${Date.now()}`;

test("scenario 52: the manager's file reads right in Excel, keeps leading zeros, and a note that calculates is text", async ({
  browser,
}) => {
  const storeOrderNo = zeros();
  await control("orders", { storeOrderNo, totalFee: 1200, state: "paid" });
  const cashier = await comeIn(browser, "cashier");
  await scan(cashier, storeOrderNo);
  await cashier.getByRole("link", { name: "Refund", exact: true }).click();
  await cashier.getByRole("combobox", { name: "Reason" }).selectOption({ label: "Damaged" });
  const note = '=HYPERLINK("http://evil.example","壞了")';
  await cashier.getByRole("textbox", { name: "Note" }).fill(note);
  await cashier.getByRole("button", { name: "Send request" }).click();
  await expect(verdict(cashier)).toContainText("Refund asked");

  const manager = await comeIn(browser, "manager");
  await manager.goto(`/orders?no=${storeOrderNo}&amount=1200`);
  await isAccessible(manager);
  const orders = await download(manager);
  expect(orders.name).toMatch(/^orders-\d{4}-\d\d-\d\d\.csv$/);
  expect(orders.text.startsWith("\uFEFF")).toBe(true);
  expect(orders.lines).toHaveLength(2);
  const [, [no, state, amount, currency, at, zone, , store] = []] = orders.lines;
  expect([no, state, amount, currency]).toEqual([`${storeOrderNo}\t`, "Refund asked", "1200", "TWD"]);
  expect(at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect([zone, store]).toEqual(["Asia/Taipei (UTC+08:00)", expect.stringContaining("信義店")]);

  await manager.goto(`/audit?order=${storeOrderNo}&kind=decisions`);
  await isAccessible(manager);
  const audit = await download(manager);
  expect(audit.lines).toHaveLength(2);
  expect(audit.lines[1]).toContain(`'${note}`);
  expect(audit.lines[1]).toContain(`${storeOrderNo}\t`);
  const [archive] = await Promise.all([
    manager.waitForEvent("download"),
    manager.getByRole("link", { name: "CSV with check file" }).click(),
  ]);
  expect(archive.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.zip$/);
  const bytes = (await readFile(await archive.path())).toString("latin1");
  expect(bytes.slice(0, 4)).toBe("PK\x03\x04");
  expect(bytes.slice(-300)).toMatch(/audit-[\d-]+\.csv[\s\S]*audit-[\d-]+\.check\.json/);
  await manager.goto("/audit?kind=lookups");
  await expect(manager.getByText(/downloaded the audit$/).first()).toBeVisible();
  await expect(manager.getByText(/downloaded the list of orders$/).first()).toBeVisible();
});

test("in Siam amounts have two decimals and times are Bangkok's; nobody takes the other store's orders home", async ({
  browser,
}) => {
  const { orderNo } = await newSiamOrder(33_300);
  const storeOrderNo = zeros();
  await siamControl("orders", { storeOrderNo, totalFee: 33_305 });
  const siam = await comeIn(browser, "siam-cashier");
  for (const no of [orderNo, storeOrderNo]) await scan(siam, no);
  await siam.goto("/orders?state=waiting");
  const { lines } = await download(siam);
  const amounts = lines.filter(([no = ""]) => [orderNo, storeOrderNo].includes(no.trim()));
  expect(amounts.map(([, , ...rest]) => [rest[0], rest[1], rest[3]])).toEqual([
    ["333.05", "THB", "Asia/Bangkok (UTC+07:00)"],
    ["333.00", "THB", "Asia/Bangkok (UTC+07:00)"],
  ]);
  expect(lines.slice(1).every(([, , , currency]) => currency === "THB")).toBe(true);
  const refused = await siam.request.get("/api/exports/audit");
  expect([refused.status(), await refused.json()]).toEqual([404, { error: "notFound" }]);

  const cashier = await comeIn(browser, "cashier");
  await cashier.goto("/orders");
  const { text } = await download(cashier);
  expect(text).not.toContain("THB");
  await cashier.context().clearCookies();
  expect((await cashier.request.get("/api/exports/orders")).status()).toBe(401);
});
