import { polled } from "#app/_server/polled.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewStatus } from "#lib/use-cases/watch-desk/view-status.ts";

export const config = { api: { bodyParser: false } };

/** How the gateways and the desk itself stand. */
export default polled((staff) => viewStatus(appContext(), staff));
