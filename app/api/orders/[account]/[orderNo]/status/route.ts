import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchOrderStatus } from "#lib/use-cases/order-status.ts";

const headers = { "cache-control": "private, no-store" };

export async function GET(
  _: Request,
  { params }: { params: Promise<{ account: string; orderNo: string }> },
): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const { staff } = session;
  const status = await watchOrderStatus(appContext(), staff, { ...(await params), isOpening: false });
  return status
    ? Response.json(status, { headers })
    : Response.json({ error: "notFound" }, { status: 404, headers });
}
