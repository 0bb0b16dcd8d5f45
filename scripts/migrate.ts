import { migrateDatabase } from "#lib/db/migrate.ts";

const { DATABASE_URL: url, STOREDESK_MASTER_KEY: key } = process.env;
if (!url) {
  console.error("DATABASE_URL is missing");
  process.exit(1);
}
await migrateDatabase(url);
if (key) {
  const { demandKeysAt } = await import("#lib/db/keys/demand-keys.ts");
  const { WrongMasterKey } = await import("#lib/db/keys/master-key.ts");
  await demandKeysAt(url).catch((error: unknown) => {
    if (!(error instanceof WrongMasterKey)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  });
}
