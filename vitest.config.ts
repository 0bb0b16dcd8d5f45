import { defineConfig } from "vitest/config";
import { testEnvironment } from "./test/environment.ts";
import { LongestFirst } from "./test/longest-first.ts";

/**
 * Seven projects: `unit` needs nothing but Node; `unit-screens` renders what screens say; `exhaustive` runs all of what
 * `unit` runs a sample of; `simulators` proves the gateways of the tests, and the clients against them; `model` runs the
 * money rules through many thousand runs of faults; `database` gets a real PostgreSQL from test/postgres.ts, one fresh
 * database per test file; `programs` starts whole programs and kills them, each on ports that were free. The react-server
 * condition turns `server-only` into a no-op; `unit-screens` goes without it, for it takes hooks away from React.
 */
const notQuick = ["**/*.db.test.ts", "**/*.live.test.ts", "**/*.model.test.ts", "**/node_modules/**"];
/** A gateway of our own over HTTP: its own tests, and those of the client that calls it. */
const simulatorTests = [
  "lib/gateway/**/simulator/**/*.test.ts",
  "lib/gateway/*/{contract,journeys,variants}.test.ts",
];
const shared = { conditions: ["react-server", "node"] };

export default defineConfig({
  resolve: shared,
  ssr: { resolve: shared },
  test: {
    reporters: ["default"],
    sequence: { sequencer: LongestFirst },
    env: testEnvironment,
    setupFiles: ["./test/own-process.ts"],
    execArgv: ["--import", "./scripts/process/quick-imports.mjs"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          pool: "threads",
          testTimeout: 30_000,
          // One module graph a worker instead of one a file: half the time. What a test stubs ends with it.
          isolate: false,
          unstubEnvs: true,
          unstubGlobals: true,
          restoreMocks: true,
          include: ["{app,components,lib,scripts,test}/**/*.test.ts"],
          exclude: [...notQuick, ...simulatorTests],
        },
      },
      {
        extends: false,
        // What screens say, as the React of a browser renders it; so it takes nothing over from the others.
        resolve: { alias: { "server-only": `${import.meta.dirname}/node_modules/server-only/empty.js` } },
        test: {
          name: "unit-screens",
          pool: "threads",
          include: ["{app,components,lib}/**/*.test.tsx"],
          env: testEnvironment,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "simulators",
          include: simulatorTests,
          exclude: notQuick,
          testTimeout: 30_000,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "model",
          include: ["test/model/*.model.test.ts"],
          testTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: "exhaustive",
          include: [
            "lib/gateway/*/{bit-flips,envelope,notice,tampering}.test.ts",
            "lib/domain/pairs.test.ts",
            "test/threats/fuzz.test.ts",
          ],
          env: { STOREDESK_EXHAUSTIVE: "1" },
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["{app,lib,scripts,test}/**/*.db.test.ts"],
          globalSetup: ["./test/postgres.ts"],
          // Modules are read once a worker; a file that needs them new (other settings, stand-ins) resets them itself.
          isolate: false,
          unstubEnvs: true,
          unstubGlobals: true,
          // A second try is told (scripts/test/part.mjs), so that one stall of a busy machine does not end a whole run.
          retry: 1,
          // What the clerk does beside a test has as long as the machine needs, not Vitest's one second.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "programs",
          include: ["{lib,scripts,test}/**/*.live.test.ts"],
          retry: 1,
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
