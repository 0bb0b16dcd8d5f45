/** B1 to B4: what the browser of a till pays. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { paths } from "#lib/domain/paths.ts";
import { findChromium } from "../../scripts/chromium.mjs";
import { atMost, type Figure, median, quantile, type Size, within } from "../measure.ts";
import { account, type BenchStage, knownNo } from "../stage.ts";

/** How many times slower a till's processor is made than this one; to wait is work as well, so not where nothing is measured. */
const slowdowns: Record<Size, number> = { small: 1, full: 4 };
const settledMs = 1_500;

type Load = { scriptKb: number; lcpMs: number; blockedMs: number };

/** Opens an address with an empty cache on a slow processor and says what it cost. */
async function load(context: BrowserContext, url: string, slowdown: number): Promise<Load> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on("Network.responseReceived", ({ type, requestId }) => {
    if (type === "Script") scripts.add(requestId);
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.addInitScript(() => {
    const seen = { lcp: 0, long: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) seen.lcp = startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.long += duration;
    }).observe({ type: "longtask", buffered: true });
  });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForTimeout(settledMs);
  const { lcp, long } = await page.evaluate(() => Reflect.get(window, "seen"));
  await page.close();
  return { scriptKb: bytes / 1000, lcpMs: lcp, blockedMs: long };
}

async function signedIn(browser: Browser, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, locale: "en-US" });
  const page = await context.newPage();
  await page.goto("/signin");
  await page.getByRole("textbox", { name: "Username" }).fill("cashier");
  await page.getByLabel("Password").fill("storedesk-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("searchbox", { name: "Order number" }).waitFor();
  await page.close();
  return context;
}

/** Signs in with scripts switched off; whether the Counter came. */
async function comesInWithoutScripts(browser: Browser, baseURL: string): Promise<boolean> {
  const context = await browser.newContext({ baseURL, locale: "en-US", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/signin");
  await page.getByRole("textbox", { name: "Username" }).fill("manager2");
  await page.getByLabel("Password").fill("storedesk-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  const came = await page
    .getByRole("heading", { name: "Counter" })
    .waitFor()
    .then(
      () => true,
      () => false,
    );
  await context.close();
  return came;
}

/** From Enter on a scan to the verdict on the screen, for an order in our books. */
async function scanToVerdict(page: Page): Promise<number> {
  await page.goto("/");
  await page.getByRole("searchbox", { name: "Order number" }).fill(knownNo);
  await page.waitForTimeout(settledMs);
  await page.evaluate(() => {
    const now = () => performance.timeOrigin + performance.now();
    addEventListener("keydown", () => sessionStorage.setItem("pressed", String(now())), true);
    new MutationObserver((_, observer) => {
      if (!document.querySelector('section[aria-label="Verdict"]')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => sessionStorage.setItem("painted", String(now()))));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => sessionStorage.getItem("painted"));
  const took = await page.evaluate(
    () => Number(sessionStorage.getItem("painted")) - Number(sessionStorage.getItem("pressed")),
  );
  await page.evaluate(() => sessionStorage.clear());
  return took;
}

export async function screens(stage: BenchStage, size: Size): Promise<Figure[]> {
  const { path, problem } = await findChromium();
  if (path === null) throw new Error(problem);
  const browser = await chromium.launch({ executablePath: path });
  const times = size === "small" ? 1 : 5;
  const slowdown = slowdowns[size];
  const [desk] = stage.instances;
  try {
    const context = await signedIn(browser, desk);
    const outside = await browser.newContext();
    const loads = { order: [] as Load[], bare: [] as Load[], signIn: [] as Load[] };
    for (let n = 0; n < times; n += 1) {
      loads.order.push(await load(context, desk + paths.order(account, knownNo), slowdown));
      loads.bare.push(await load(outside, stage.bare, slowdown));
      loads.signIn.push(await load(outside, `${desk}/signin`, slowdown));
    }
    const of = (some: Load[], key: keyof Load) => median(some.map((one) => one[key]));
    const floor = of(loads.bare, "scriptKb");
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    const scans: number[] = [];
    for (let n = 0; n < times * 3; n += 1) scans.push(await scanToVerdict(page));
    const came = await comesInWithoutScripts(browser, desk);
    const kb = { unit: "kB" };
    return [
      atMost("B1", "scripts of the order page, gzip", {
        ...{ ours: of(loads.order, "scriptKb"), peer: floor, limit: 1.25, ...kb },
      }),
      atMost("B2", "scripts of the sign-in page, gzip", {
        ...{ ours: of(loads.signIn, "scriptKb"), peer: floor, limit: 1, ...kb },
      }),
      within("B2", "sign-ins that fail without scripts", { ours: came ? 0 : 1, limit: 0, unit: "" }),
      atMost("B3", `largest paint of the order page, processor ${slowdown} × slower`, {
        ...{ ours: of(loads.order, "lcpMs"), peer: of(loads.bare, "lcpMs"), limit: 1.5 },
      }),
      atMost("B3", "long tasks of the order page", {
        ...{ ours: of(loads.order, "blockedMs"), peer: of(loads.bare, "blockedMs"), limit: 1.5 },
      }),
      within("B4", "Enter on a scan to the verdict on the screen, median", {
        ours: median(scans),
        limit: 150,
      }),
      within("B4", "the same, 95th of 100", { ours: quantile(scans, 0.95), limit: 300 }),
    ];
  } finally {
    await browser.close();
  }
}
