import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { isStorable } from "#lib/domain/storable-text.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchRequest } from "#lib/use-cases/requests/watch-request.ts";

const headers = { "cache-control": "private, no-store" };

export async function GET(
  _: Request,
  { params }: { params: Promise<{ requestNo: string }> },
): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const { staff } = session;
  const { requestNo } = await params;
  const now = isStorable(requestNo) ? await watchRequest(appContext(), staff, requestNo) : null;
  return now
    ? Response.json(now, { headers })
    : Response.json({ error: "notFound" }, { status: 404, headers });
}
