import { defineConfig } from "@playwright/test";
import { desk, deskAt, deskCount } from "./e2e/desk.ts";
import { briefPages } from "./scripts/chromium.mjs";

const desks = Array.from({ length: deskCount }, (_, place) => deskAt(place));

export default defineConfig({
  testDir: "e2e/journeys",
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // A file goes to the desk that is free: shared out beforehand, one desk took a fifth longer than the other.
  workers: deskCount,
  // A second try is told (scripts/test/part.mjs).
  retries: 1,
  outputDir: `test-results/${deskAt(0).port}`,
  use: {
    baseURL: desk.url,
    locale: "en-US",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
      args: briefPages,
    },
    // Recording costs time: only a second try is recorded.
    trace: "on-first-retry",
  },
  webServer: desks.map(({ port, url, folder, scan2payPort, ksherPort }) => ({
    command: "node scripts/launch.mjs",
    url: `${url}/api/health`,
    timeout: 90_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    env: {
      PORT: String(port),
      STOREDESK_DATA: folder,
      STOREDESK_DEMO: "1",
      STOREDESK_URL: url,
      SCAN2PAY_SIMULATOR_PORT: String(scan2payPort),
      KSHER_SIMULATOR_PORT: String(ksherPort),
    },
  })),
});
