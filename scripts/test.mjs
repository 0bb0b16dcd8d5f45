/** `npm test`: all of it. `npm test -- unit|database|e2e` runs one part. */
import { existsSync } from "node:fs";
import { clientFiles, conclude, playwright, quickChecks, vitest } from "./parts.mjs";

const part = process.argv[2];
const results = [];
if (!part || part === "unit") results.push(...(await quickChecks()));
if (!part) results.push(await clientFiles());
if (!part || part === "database") results.push(await vitest("database tests", "database"));
if ((!part || part === "e2e") && existsSync("playwright.config.ts")) {
  const { findChromium } = await import("./chromium.mjs");
  results.push(await playwright("stories in Chromium", { CHROMIUM_PATH: findChromium() }));
}
process.exit(conclude(results));
