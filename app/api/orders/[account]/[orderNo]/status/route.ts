import { keptOut } from "#app/_server/kept-out.ts";
import { currentSession } from "#app/_server/session.ts";
import { orderAt } from "#lib/domain/forms.ts";
import { readInput } from "#lib/domain/read-input.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchOrderStatus } from "#lib/use-cases/order-status.ts";

// Small and asked for every few seconds: packing it costs more than sending it.
const headers = { "cache-control": "private, no-store, no-transform" };

export async function GET(
  _: Request,
  { params }: { params: Promise<{ account: string; orderNo: string }> },
): Promise<Response> {
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "in") return keptOut(session);
  const { staff } = session;
  const at = readInput(orderAt, await params);
  const status = at.ok
    ? await watchOrderStatus(appContext(), staff, { ...at.value, isOpening: false })
    : null;
  return status
    ? Response.json(status, { headers })
    : Response.json({ error: "notFound" }, { status: 404, headers });
}
