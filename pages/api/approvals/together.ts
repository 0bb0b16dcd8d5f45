import { polled } from "#app/_server/polled.ts";
import { readChosen } from "#lib/domain/go-together.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewTogether } from "#lib/use-cases/together/view-together.ts";

export const config = { api: { bodyParser: false } };

/** How the chosen requests stand now. */
export default polled((staff, { no = [] }) => viewTogether(appContext(), staff, readChosen([no].flat())));
