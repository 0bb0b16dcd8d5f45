import { sql } from "drizzle-orm";
import { appDatabase } from "#lib/db/pool.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const isWell = await appDatabase()
    .db.execute(sql`select 1`)
    .then(
      () => true,
      () => false,
    );
  return Response.json(
    { ok: isWell },
    { status: isWell ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
