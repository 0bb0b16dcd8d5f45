import { z } from "zod";
import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { findSentRequest } from "#lib/use-cases/requests/find-sent-request.ts";

const headers = { "cache-control": "private, no-store" };

/** Whether a form whose answer was lost made a request: its number, or 404. */
export async function GET(
  _: Request,
  { params }: { params: Promise<{ clientRequestId: string }> },
): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const { staff } = session;
  const id = z.uuid().safeParse((await params).clientRequestId);
  const requestNo = id.success ? await findSentRequest(appContext(), staff, id.data) : null;
  return requestNo
    ? Response.json({ requestNo }, { headers })
    : Response.json({ error: "notFound" }, { status: 404, headers });
}
