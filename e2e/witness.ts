import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Response } from "@playwright/test";
import { desk } from "./desk.ts";

const partBytesMax = 20_000_000;

/**
 * Keeps every answer of the desk that any page of this browser gets: pages, their data, actions, addresses. Client files
 * are left out, they are searched where they were built. Cookies are kept apart: their values are among what is searched for.
 */
export function witnessAnswers(browser: Browser): { done(): Promise<void> } {
  mkdirSync(desk.seen, { recursive: true });
  const reading: Promise<void>[] = [];
  let bytes = 0;
  async function keep(response: Response): Promise<void> {
    const url = response.url();
    if (url.includes("/_next/static/")) return;
    const headers = await response.headersArray();
    const cookies = headers.filter(({ name }) => name.toLowerCase() === "set-cookie");
    for (const { value } of cookies) appendFileSync(join(desk.seen, "cookies.txt"), `${value}\n`);
    const others = headers
      .filter((one) => !cookies.includes(one))
      .map(({ name, value }) => `${name}: ${value}`);
    const body = await response.body().catch(() => Buffer.from("(no body)"));
    const part = join(desk.seen, `answers-${process.pid}-${Math.floor(bytes / partBytesMax)}.txt`);
    const head = `\n${response.request().method()} ${url} ${response.status()}\n${others.join("\n")}\n`;
    bytes += body.length + head.length;
    appendFileSync(part, Buffer.concat([Buffer.from(head), body]));
  }
  const open = browser.newContext.bind(browser);
  browser.newContext = async (...options) => {
    const context = await open(...options);
    context.on("response", (response) => {
      // A page that was left before its answer was read takes the answer with it.
      reading.push(keep(response).catch(() => undefined));
    });
    return context;
  };
  return {
    async done() {
      await Promise.all(reading);
    },
  };
}
