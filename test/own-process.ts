/**
 * Before each test file: what the desk keeps once a process (its pool, its clerk, its counts, under `Symbol.for("storedesk.…")`)
 * is forgotten, for a worker runs one file after another and no file may find what another one left.
 */
for (const key of Object.getOwnPropertySymbols(globalThis))
  if (Symbol.keyFor(key)?.startsWith("storedesk.") === true) Reflect.deleteProperty(globalThis, key);
