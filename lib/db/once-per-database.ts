import "server-only";
import type { Db } from "./client.ts";

/**
 * What is made of a database once and kept as long as it: a question that every open page asks every few seconds, with
 * placeholders for its values. Putting its text together anew each time took a third of the memory that a poll leaves
 * behind, and a tenth of its time. Not for a transaction: each is a database of its own.
 */
export function oncePerDatabase<Made>(make: (db: Db) => Made): (db: Db) => Made {
  const kept = new WeakMap<Db, Made>();
  return (db) => {
    const known = kept.get(db);
    if (known) return known;
    const made = make(db);
    kept.set(db, made);
    return made;
  };
}
