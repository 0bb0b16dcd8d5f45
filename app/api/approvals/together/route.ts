import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { readChosen } from "#lib/domain/go-together.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewTogether } from "#lib/use-cases/together/view-together.ts";

const headers = { "cache-control": "private, no-store" };

/** How the chosen requests stand now. */
export async function GET(request: Request): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const nos = readChosen(new URL(request.url).searchParams.getAll("no"));
  return Response.json(await viewTogether(appContext(), session.staff, nos), { headers });
}
