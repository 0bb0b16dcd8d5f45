/** `npm run restore -- FILE`: fills an empty database from a backup; sending stays off until two people switch it on. */
import { resolve } from "node:path";
import { openBooks } from "./process/open-books.ts";

const [given] = process.argv.slice(2);
if (!given) {
  console.error("Which file? npm run restore -- FILE");
  process.exit(1);
}

await openBooks({ isNew: true }, async ({ database, headFile }) => {
  const { makeContext } = await import("#lib/use-cases/app-context.ts");
  const { restoreBooks } = await import("#lib/use-cases/restore/restore-books.ts");
  const { rows, audit, madeAt } = await restoreBooks(makeContext(database), resolve(given), headFile);
  const count = Object.values(rows).reduce((sum, one) => sum + one, 0);
  console.log(`Restored the books of ${madeAt}: ${count} rows, the audit whole up to line ${audit.seq}.`);
  console.log(
    "Sending is off. Start Storedesk: it asks the gateways what moved since, and new numbers have a new letter.",
  );
  console.log("Then two people, one of them an owner, switch sending on under Attention.");
  console.log("Everybody signs in anew. Whoever was closed, or changed a password, since then: do it again.");
});
