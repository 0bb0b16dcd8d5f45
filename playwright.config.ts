import { defineConfig } from "@playwright/test";
import { deskFolder, deskPort, ksherPort, scan2payPort } from "./e2e/desk.ts";
import { briefPages } from "./scripts/chromium.mjs";

const url = `http://localhost:${deskPort}`;

export default defineConfig({
  testDir: "e2e/journeys",
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 1,
  // A second try is told (scripts/test/part.mjs).
  retries: 1,
  outputDir: `test-results/${deskPort}`,
  use: {
    baseURL: url,
    locale: "en-US",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
      args: briefPages,
    },
    // Recording costs time: only a second try is recorded.
    trace: "on-first-retry",
  },
  webServer: {
    command: "node scripts/launch.mjs",
    url: `${url}/api/health`,
    timeout: 90_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    env: {
      PORT: String(deskPort),
      STOREDESK_DATA: deskFolder,
      STOREDESK_DEMO: "1",
      STOREDESK_URL: url,
      SCAN2PAY_SIMULATOR_PORT: String(scan2payPort),
      KSHER_SIMULATOR_PORT: String(ksherPort),
    },
  },
});
