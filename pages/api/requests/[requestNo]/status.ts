import { polled } from "#app/_server/polled.ts";
import { isStorable } from "#lib/domain/storable-text.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchRequest } from "#lib/use-cases/requests/watch-request.ts";

export const config = { api: { bodyParser: false } };

/** How a request stands, and the facts beside those it was asked with. */
export default polled(async (staff, { requestNo }) =>
  typeof requestNo === "string" && isStorable(requestNo)
    ? watchRequest(appContext(), staff, requestNo)
    : null,
);
