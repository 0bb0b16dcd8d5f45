import { join } from "node:path";

/** How many desks share the stories of a run; each has its own ports, database and gateways, so they work side by side. */
export const deskCount = Number(process.env.STOREDESK_E2E_DESKS || 1);
/** The port of the first; another one lets two checkouts run their stories at a time. */
const firstPort = Number(process.env.STOREDESK_E2E_PORT || 3910);
const portsApart = 20;

/** A desk's ports, its data (database, keys), and where what the stories saw of it is kept until the search for secrets. */
export function deskAt(place: number) {
  const port = firstPort + portsApart * place;
  const folder = `.data-e2e-${port}`;
  return {
    ...{ port, folder, url: `http://localhost:${port}` },
    ...{ scan2payPort: port + 1000, ksherPort: port + 1010 },
    seen: join(folder, "seen"),
  };
}

/** The desk of this process: each of Playwright's workers sits at its own. */
export const desk = deskAt(Number(process.env.TEST_PARALLEL_INDEX || 0));
