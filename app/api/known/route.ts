import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { findKnownOrder } from "#lib/use-cases/look-up-order.ts";

const headers = { "cache-control": "private, no-store" };

export async function GET(request: Request): Promise<Response> {
  const session = await currentSession({ isAction: true });
  if (session?.stage !== "in") return keptOut(session);
  const raw = new URL(request.url).searchParams.get("q")?.slice(0, 200) ?? "";
  return Response.json({ order: await findKnownOrder(appContext(), session.staff, raw) }, { headers });
}
