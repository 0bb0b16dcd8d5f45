import { currentStaff } from "#app/_server/session.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewCounter } from "#lib/use-cases/view-counter.ts";

const headers = { "cache-control": "private, no-store" };

export async function GET(): Promise<Response> {
  const staff = await currentStaff({ isAction: false });
  if (!staff) return Response.json({ error: "signedOut" }, { status: 401, headers });
  return Response.json(await viewCounter(appContext(), staff), { headers });
}
