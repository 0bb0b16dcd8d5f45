import { polled } from "#app/_server/polled.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewCounter } from "#lib/use-cases/view-counter.ts";

export const config = { api: { bodyParser: false } };

/** What the counter's first page shows. */
export default polled((staff) => viewCounter(appContext(), staff));
