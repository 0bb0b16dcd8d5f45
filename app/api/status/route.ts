import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewStatus } from "#lib/use-cases/watch-desk/view-status.ts";

const headers = { "cache-control": "private, no-store" };

export async function GET(): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const { staff } = session;
  return Response.json(await viewStatus(appContext(), staff), { headers });
}
