import { appDatabase } from "#lib/db/pool.ts";
import { readiness } from "#lib/use-cases/watch-desk/readiness.ts";

export const dynamic = "force-dynamic";

/** For whoever spreads requests over instances: send some here, or not. `/api/health` says whether to restart it. */
export async function GET(): Promise<Response> {
  const word = await readiness(appDatabase());
  return Response.json(
    { ready: word === "ready", word },
    { status: word === "ready" ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
