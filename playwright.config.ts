import { defineConfig } from "@playwright/test";

/** The stories' own ports; another base lets two checkouts run them side by side. */
const port = Number(process.env.STOREDESK_E2E_PORT || 3910);
const scan2payPort = String(port + 1000);
const ksherPort = String(port + 1010);

export default defineConfig({
  testDir: "e2e/journeys",
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 1,
  // A second try is told (scripts/test/part.mjs).
  retries: 1,
  outputDir: "test-results",
  use: {
    baseURL: `http://localhost:${port}`,
    locale: "en-US",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium" },
    // Recording costs time: only a second try is recorded.
    trace: "on-first-retry",
  },
  webServer: {
    command: "node scripts/launch.mjs",
    url: `http://localhost:${port}/api/health`,
    timeout: 90_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    env: {
      PORT: String(port),
      STOREDESK_DATA: ".data-e2e",
      STOREDESK_DEMO: "1",
      STOREDESK_URL: `http://localhost:${port}`,
      SCAN2PAY_SIMULATOR_PORT: scan2payPort,
      KSHER_SIMULATOR_PORT: ksherPort,
    },
  },
});
