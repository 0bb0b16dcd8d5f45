import { currentStaff } from "#app/_server/session.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchWaiting } from "#lib/use-cases/requests/list-requests.ts";

const headers = { "cache-control": "private, no-store" };

/** The numbers that wait now; an open list compares them with what it shows. */
export async function GET(): Promise<Response> {
  const staff = await currentStaff({ isAction: false });
  if (!staff) return Response.json({ error: "signedOut" }, { status: 401, headers });
  return Response.json(await watchWaiting(appContext(), staff), { headers });
}
