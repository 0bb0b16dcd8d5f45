import { type Browser, chromium, type Page } from "playwright";
import { briefPages, findChromium } from "#scripts/chromium.mjs";

/** A browser for tests of whole programs; stories have their own. */
export async function openBrowser(): Promise<Browser> {
  const { path, problem } = await findChromium();
  if (!path) throw new Error(problem);
  return chromium.launch({ executablePath: path, args: briefPages });
}

/** A browser's page of somebody who signed in elsewhere, and what it refused to run or load. */
export async function pageOf(browser: Browser, origin: string, cookie: string) {
  const context = await browser.newContext({ locale: "en-US" });
  const cookies = cookie.split("; ").map((one) => {
    const at = one.indexOf("=");
    return { name: one.slice(0, at), value: one.slice(at + 1), url: origin };
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.push(message.text());
  });
  page.on("dialog", (dialog) => {
    refused.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, refused };
}

/** What a text would have become that was taken for markup. */
export const strangers =
  "iframe, object, embed, base, xss, [onerror], [onload], [onfocus], [onmouseover], [onbegin], [ontoggle], [onanimationstart], [href^='javascript:' i], [href^='data:' i]";

/** Whether anything ran on a page, in itself or in a frame, and how many strangers stand on it. */
export async function lookAround(page: Page): Promise<{ ran: boolean; strangers: number; text: string }> {
  const frames = await Promise.all(
    page.frames().map((frame) => frame.evaluate(() => Reflect.has(window, "ran"))),
  );
  const text = (await page.locator("body").textContent()) ?? "";
  return { ran: frames.includes(true), strangers: await page.locator(strangers).count(), text };
}

/** How many of these texts run where nobody takes care: each as the content of a page of its own. */
export async function countRunning(browser: Browser, texts: readonly string[]): Promise<number> {
  const page = await browser.newPage();
  await page.route("**/*", (route) => route.abort());
  const running = await page.evaluate(async (all) => {
    const frames = all.map((text) => {
      const frame = document.createElement("iframe");
      frame.srcdoc = `<style>@keyframes x{from{left:0}to{left:1px}}xss{animation-duration:.01s}</style>${text}`;
      document.body.append(frame);
      return frame;
    });
    await Promise.all(frames.map((frame) => new Promise((done) => frame.addEventListener("load", done))));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return frames.filter(({ contentWindow }) => contentWindow && Reflect.has(contentWindow, "ran")).length;
  }, texts);
  await page.close();
  return running;
}
