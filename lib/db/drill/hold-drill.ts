import "server-only";
import type { Database } from "../client.ts";
import { withTx } from "../with-tx.ts";
import { demandDrill, WrongDrill } from "./demand-drill.ts";

/**
 * Holds a process against its books before anything is served: a drill works on a drill's books only, and nothing else does.
 * Throws WrongDrill with one sentence otherwise, and changes nothing.
 */
export async function holdDrill(database: Database, isDrillDesk: boolean): Promise<void> {
  await withTx(database, async (_, client) => {
    if ((await demandDrill(client, isDrillDesk)) === "begins")
      throw new WrongDrill("These books are not a drill's yet: scripts/migrate.ts begins them.");
  });
}
