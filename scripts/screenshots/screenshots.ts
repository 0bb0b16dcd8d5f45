/**
 * `npm run screenshots`: a desk of its own with an order in every state, and every page in three languages, light and
 * dark, three sizes, under .screenshots. The chosen few go to docs/screenshots as WebP. `-- docs` takes only those; any
 * other word after `--` only pictures whose name holds it, for example `-- approval.th`.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { closeDesk, envBeside, findPlace, openDesk, type Place } from "#test/app.ts";
import { comeIn } from "#test/teller.ts";
import { findChromium } from "../chromium.mjs";
import { runScript } from "../launch/programs.mjs";
import { chosen, languages, orderNos, sizes, themes, type View, viewsOf } from "./views.ts";

const all = ".screenshots";
/** A picture shows what the gateway answered, not that it is asked, where that comes in time. */
const asking = { timeout: 20_000 };
const docs = join("docs", "screenshots");
const docsBytesMax = 60_000;
/** Papers show a picture beside words, so less than a screen is enough. */
const docsWidthMax = 960;
const wanted = process.argv[2] ?? "";
const isWanted = (name: string) => (wanted === "docs" ? chosen.includes(name) : name.includes(wanted));

async function control(place: Place, path: string, body: object): Promise<void> {
  const answer = await fetch(`${place.control}/${path}`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
}

/** Lays the orders out; returns the number of the request that waits. */
async function layOut(place: Place): Promise<string> {
  const cashier = await comeIn(place.origin, "cashier");
  const open: readonly string[] = [orderNos.waiting, orderNos.notPaid];
  for (const storeOrderNo of Object.values(orderNos)) {
    const state = open.includes(storeOrderNo) ? "open" : "paid";
    await control(place, "orders", { storeOrderNo, totalFee: 1_280, body: "珍珠奶茶 x16", state });
    if (storeOrderNo === orderNos.notPaid) await control(place, `orders/${storeOrderNo}/refuse`, {});
    await (await cashier.get(`${place.origin}/search?q=${storeOrderNo}`)).text();
  }
  const refund = (orderNo: string, more: Record<string, string> = {}) =>
    runScript(
      "test/approved-refund.ts",
      { ...envBeside(place), REFUND_ORDER_NO: orderNo, ...more },
      AbortSignal.timeout(60_000),
    );
  await control(place, "faults", {
    ...{ kind: "lost-before-effect", service: "Refund", storeOrderNo: orderNos.unknown },
  });
  await refund(orderNos.unknown);
  await refund(orderNos.refunded);
  return refund(orderNos.asked, { REFUND_ONLY_ASKED: "1" });
}

/** Signs in once; the cookies serve every picture of this person. */
async function stateOf(browser: Browser, baseURL: string, username: string) {
  const context = await browser.newContext({ baseURL, locale: "en-US" });
  const page = await context.newPage();
  await page.goto("/signin");
  await page.getByRole("textbox", { name: "Username" }).fill(username);
  await page.getByLabel("Password").fill("storedesk-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("searchbox", { name: "Order number" }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Takes one picture; null when there is no such page yet. */
async function take(page: Page, view: View, name: string): Promise<Buffer | null> {
  const answer = await page.goto(view.path, { waitUntil: "load" });
  if (answer?.status() === 404) return null;
  await page.getByRole("main").first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page
    .waitForFunction(() => !document.querySelector("main .animate-spin"), null, asking)
    .catch(() => {});
  return page.screenshot({ path: join(all, `${name}.png`), animations: "disabled" });
}

/** The picture as WebP, made by the browser itself. */
async function toWebp(browser: Browser, name: string, png: Buffer): Promise<void> {
  const page = await browser.newPage();
  const source = `data:image/png;base64,${png.toString("base64")}`;
  const dataUrl = await page.evaluate(
    async ({ src, widthMax }) => {
      const image = Object.assign(new Image(), { src });
      await image.decode();
      const width = Math.min(image.width, widthMax);
      const height = Math.round((image.height * width) / image.width);
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const brush = canvas.getContext("2d");
      if (brush) brush.imageSmoothingQuality = "high";
      brush?.drawImage(image, 0, 0, width, height);
      return canvas.toDataURL("image/webp", 0.85);
    },
    { src: source, widthMax: docsWidthMax },
  );
  await page.close();
  const webp = Buffer.from(dataUrl.slice(dataUrl.indexOf(",") + 1), "base64");
  if (webp.length > docsBytesMax) throw new Error(`${name} is ${webp.length} bytes: too large for docs`);
  writeFileSync(join(docs, `${name}.webp`), webp);
}

/** Every picture there is to take: a view in a language, a theme and a size. */
function picturesOf(requestNo: string) {
  return languages
    .flatMap((language) =>
      themes.flatMap((colorScheme) =>
        sizes.flatMap(({ name: size, ...viewport }) =>
          viewsOf(requestNo).map((view) => {
            const name = `${view.name}.${language}.${colorScheme}.${size}`;
            return { name, view, language, options: { colorScheme, viewport } };
          }),
        ),
      ),
    )
    .filter(({ name }) => isWanted(name));
}

async function takeAll(browser: Browser, place: Place, requestNo: string): Promise<void> {
  const baseURL = place.origin.replace("127.0.0.1", "localhost");
  const names = ["cashier", "manager", "owner"];
  const signedIn = await Promise.all(
    names.map(async (name) => [name, await stateOf(browser, baseURL, name)] as const),
  );
  const states = new Map(signedIn);
  const pictures = picturesOf(requestNo);
  const missing = new Set<string>();
  let taken = 0;
  for (const { name, view, language, options } of pictures) {
    if (missing.has(view.name)) continue;
    const context = await browser.newContext({
      ...{ ...options, baseURL, storageState: states.get(view.as ?? "") },
    });
    await context.addCookies([{ name: "locale", value: language, url: baseURL }]);
    const png = await take(await context.newPage(), view, name);
    await context.close();
    if (!png) missing.add(view.name);
    else if (chosen.includes(name)) await toWebp(browser, name, png);
    taken += png ? 1 : 0;
    if (taken % 20 === 0) console.log(`${taken} of ${pictures.length} pictures`);
  }
  if (missing.size > 0) console.log(`No such page yet: ${[...missing].join(", ")}`);
  console.log(`${taken} pictures in ${all}, the chosen ones in ${docs}`);
}

const { path, problem } = await findChromium();
if (path === null) throw new Error(problem);
if (wanted === "") rmSync(all, { recursive: true, force: true });
for (const folder of [all, docs]) mkdirSync(folder, { recursive: true });
const place = await findPlace();
const desk = await openDesk(place);
const browser = await chromium.launch({ executablePath: path });
try {
  await takeAll(browser, place, await layOut(place));
} finally {
  await browser.close();
  await closeDesk(place, desk);
}
