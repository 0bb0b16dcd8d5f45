/**
 * `npm run keys:rotate`: moves everything sealed from STOREDESK_MASTER_KEY_OLD to STOREDESK_MASTER_KEY, also beside running
 * desks that know both. Broken off, it goes on when it is started again.
 */
import { openBooks } from "./process/open-books.ts";

await openBooks({ isNew: false }, async ({ database }) => {
  const { rotateKeys } = await import("#lib/db/keys/rotate-keys.ts");
  const done = await rotateKeys(database);
  if (!done) {
    console.log("Nothing to do: these books are sealed by STOREDESK_MASTER_KEY and need no other.");
    return;
  }
  if (!done.isNew) console.log("Went on with a rotation that was broken off.");
  console.log(`Everything is sealed by master key v${done.version}: ${done.wrapped} envelopes wrapped anew.`);
  console.log(
    "STOREDESK_MASTER_KEY_OLD is no longer needed: take it out and restart every instance. Keep it only for older backups.",
  );
});
