import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchWaiting } from "#lib/use-cases/requests/list-requests.ts";

const headers = { "cache-control": "private, no-store" };

/** The numbers that wait now; an open list compares them with what it shows. */
export async function GET(): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const { staff } = session;
  return Response.json(await watchWaiting(appContext(), staff), { headers });
}
