import { join } from "node:path";

/** The port of this run's desk; another one lets two runs of the stories, or two checkouts, go side by side. */
export const deskPort = Number(process.env.STOREDESK_E2E_PORT || 3910);
export const scan2payPort = deskPort + 1000;
export const ksherPort = deskPort + 1010;

/** The desk's data: its database, its keys, and what the stories saw of it. */
export const deskFolder = `.data-e2e-${deskPort}`;
/** Where the answers of a run are kept until the search for secrets. */
export const seenFolder = join(deskFolder, "seen");
