/** Lays a drill out anew: its books and simulators as on the first day. The launcher runs it while the desk is stopped. */
import { rmSync } from "node:fs";
import { eq } from "drizzle-orm";
import { appendAudit } from "#lib/db/audit.ts";
import { openDatabase } from "#lib/db/client.ts";
import { emptyDrillBooks } from "#lib/db/drill/empty-drill-books.ts";
import { staff } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import { env } from "#lib/env.ts";
import { controlOf } from "./demo/control.ts";

const { DATABASE_URL: url, STOREDESK_DRILL: isDrill, STOREDESK_HEAD_FILE: headFile } = env();
if (!isDrill) throw new Error("STOREDESK_DRILL is not 1: nothing but a drill is laid out anew");
await emptyDrillBooks(url);
// It remembers how far the books had come that are gone.
rmSync(headFile, { force: true });
for (const port of [process.env.SCAN2PAY_SIMULATOR_PORT, process.env.KSHER_SIMULATOR_PORT])
  await controlOf(`http://127.0.0.1:${port}`)("POST", "reset", {});
await import("./demo.ts");

const database = openDatabase(url, 1);
await withTx(database, async (tx) => {
  const by = process.env.STOREDESK_ANEW_BY ?? "";
  const [person] = await tx.select().from(staff).where(eq(staff.username, by));
  // The line in the old books went with them.
  await appendAudit(tx, {
    ...{ action: "begin-anew", outcome: "done", staffId: person?.id ?? null, storeId: null, orderId: null },
    ...{ subject: null, deviceId: null, facts: {} },
  });
});
await database.pool.end();
