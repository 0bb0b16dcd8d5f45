import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Database } from "#lib/db/client.ts";
import { checkDatabase } from "../launch/database.mjs";
import { startPostgres } from "../pg.mjs";
import { fillEnvironment, loadFile } from "./kept-environment.ts";

type Books = { readonly database: Database; readonly headFile: string };

/**
 * Does a command's work on the operator's database, or on the embedded one, which runs for as long as the command if nobody
 * has started it. `isNew`: the embedded one may be made now. What goes wrong is one sentence and exit code 1.
 */
export async function openBooks(
  { isNew }: { isNew: boolean },
  work: (books: Books) => Promise<void>,
): Promise<void> {
  const close: (() => Promise<void>)[] = [];
  try {
    loadFile();
    const given = process.env.DATABASE_URL;
    fillEnvironment();
    if (given) await checkDatabase(given);
    else close.push(await startEmbedded(isNew));
    const { openDatabase } = await import("#lib/db/client.ts");
    const { env } = await import("#lib/env.ts");
    const database = openDatabase(env().DATABASE_URL, 2);
    close.push(() => database.pool.end());
    await work({ database, headFile: env().STOREDESK_HEAD_FILE });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    for (const end of close.reverse()) await end();
  }
}

async function startEmbedded(isNew: boolean): Promise<() => Promise<void>> {
  const dataDir = join(resolve(process.env.STOREDESK_DATA || ".data"), "postgres");
  if (!isNew && !existsSync(dataDir))
    throw new Error(
      "There are no books here: DATABASE_URL is not set, and STOREDESK_DATA holds no database.",
    );
  mkdirSync(dataDir, { recursive: true });
  const postgres = await startPostgres({ dataDir });
  process.env.DATABASE_URL = postgres.url;
  return postgres.adopted ? async () => undefined : postgres.stop;
}
