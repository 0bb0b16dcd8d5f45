import { polled } from "#app/_server/polled.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchWaiting } from "#lib/use-cases/requests/list-requests.ts";

export const config = { api: { bodyParser: false } };

/** The numbers that wait now; an open list compares them with what it shows. */
export default polled((staff) => watchWaiting(appContext(), staff));
