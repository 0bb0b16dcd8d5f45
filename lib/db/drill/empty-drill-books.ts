import "server-only";
import pg from "pg";
import { migrateInside } from "../migrate.ts";
import { demandDrill, WrongDrill } from "./demand-drill.ts";

/**
 * Makes a drill's books new ones, in one transaction: everything goes, and they stay a drill's. Throws WrongDrill, and nothing is
 * lost, for books that are none.
 */
export async function emptyDrillBooks(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select 1 from installation where id = 1 for update");
    if ((await demandDrill(client, true)) !== "stays")
      throw new WrongDrill("These books are no drill's: they are not emptied.");
    await client.query(
      "drop schema public cascade; drop schema if exists drizzle cascade; create schema public",
    );
    await migrateInside(client);
    await client.query("update installation set is_drill = true where id = 1");
    await client.query("commit");
  } finally {
    await client.end();
  }
}
