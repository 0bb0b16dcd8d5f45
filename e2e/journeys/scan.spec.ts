import { comeIn, expect, newOrder, scan, test, verdict } from "../fixtures.ts";

test("a scan outside every field opens its order; one into a note leaves the note alone and offers the order", async ({
  browser,
}) => {
  const first = await newOrder("paid", 100);
  const second = await newOrder("paid", 200);
  const cashier = await comeIn(browser, "cashier");
  const scanAnywhere = async (orderNo: string) => {
    await cashier.keyboard.type(orderNo, { delay: 2 });
    await cashier.keyboard.press("Enter");
  };
  // A scan while a page comes up is refused as cut and scanned again, as the cashier is told to.
  await expect(async () => {
    await scanAnywhere(first);
    await expect(cashier.getByRole("heading", { level: 1, name: first })).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(verdict(cashier)).toContainText("Paid");
  await cashier.getByRole("link", { name: "Refund" }).click();
  const note = cashier.getByRole("textbox", { name: "Note" });
  const open = cashier.getByRole("link", { name: "Open" });
  // A machine under load may deliver keys slower than any scanner does: then it is typing, and is tried again.
  await expect(async () => {
    await note.fill("half a sentence");
    await scanAnywhere(second);
    await expect(note).toHaveValue("half a sentence", { timeout: 1_000 });
    await expect(open).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await open.click();
  await expect(cashier.getByRole("heading", { level: 1, name: second })).toBeVisible();
});

test("whatever the moment of a scan, no shorter number is ever searched", async ({ browser }) => {
  const orderNo = await newOrder("paid", 100);
  const cashier = await comeIn(browser, "cashier");
  const searched: string[] = [];
  cashier.on("request", (request) => {
    const q = new URL(request.url()).searchParams.get("q");
    if (q !== null) searched.push(q);
  });
  await scan(cashier, orderNo);
  for (let round = 0; round < 8; round += 1) {
    await cashier.goto("/", { waitUntil: "commit" });
    await cashier.keyboard.type(orderNo, { delay: 1 + round * 3 });
    await cashier.keyboard.press("Enter");
  }
  await scan(cashier, orderNo);
  // Before the page listens the form itself is sent, blanks and all; the server cleans what it gets.
  expect(new Set(searched.map((q) => q.trim()))).toEqual(new Set([orderNo]));
});
