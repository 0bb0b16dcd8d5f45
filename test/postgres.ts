import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "#scripts/pg.mjs";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One throwaway PostgreSQL for the whole run; each test file makes its own database from a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "storedesk-test-"));
  const postgres = await startPostgres({ dataDir, durability: "test" });
  execFileSync(process.execPath, ["--conditions=react-server", "scripts/migrate.ts"], {
    env: { ...process.env, DATABASE_URL: postgres.url },
    stdio: "inherit",
  });
  project.provide("postgresUrl", postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
