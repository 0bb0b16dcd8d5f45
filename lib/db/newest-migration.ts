import "server-only";
import journal from "./migrations/meta/_journal.json" with { type: "json" };

/** When the newest migration of this version was made, in ms. Read when the program is built. */
export const newestMigrationMs = Math.max(...journal.entries.map(({ when }) => when));
