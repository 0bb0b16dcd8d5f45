import { beginDrillAt, demandDrillAt, WrongDrill } from "#lib/db/drill/demand-drill.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";

const { DATABASE_URL: url, STOREDESK_MASTER_KEY: key, STOREDESK_DRILL } = process.env;
if (!url) {
  console.error("DATABASE_URL is missing");
  process.exit(1);
}
try {
  // Before the first change: books that are not ours to drill on stay as they are.
  await demandDrillAt(url, STOREDESK_DRILL === "1");
  await migrateDatabase(url);
  if (STOREDESK_DRILL === "1") await beginDrillAt(url);
} catch (error) {
  if (!(error instanceof WrongDrill)) throw error;
  console.error(error.message);
  process.exit(1);
}
if (key) {
  const { demandKeysAt } = await import("#lib/db/keys/demand-keys.ts");
  const { WrongMasterKey } = await import("#lib/db/keys/master-key.ts");
  await demandKeysAt(url).catch((error: unknown) => {
    if (!(error instanceof WrongMasterKey)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  });
}
