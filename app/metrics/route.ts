import { createHash, timingSafeEqual } from "node:crypto";
import { appDatabase } from "#lib/db/pool.ts";
import { env } from "#lib/env.ts";
import { exposeMetrics } from "#lib/use-cases/watch-desk/expose-metrics.ts";

export const dynamic = "force-dynamic";

const sum = (text: string) => createHash("sha256").update(text).digest();

/**
 * For Prometheus, with `Authorization: Bearer` and STOREDESK_METRICS_TOKEN; without that variable nobody gets anything. Where
 * a request comes from is worth nothing behind a reverse proxy on the same machine.
 */
export async function GET(request: Request): Promise<Response> {
  const token = env().STOREDESK_METRICS_TOKEN;
  if (token === undefined) return new Response(null, { status: 404 });
  const given = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (!timingSafeEqual(sum(given), sum(token)))
    return new Response(null, { status: 401, headers: { "www-authenticate": "Bearer" } });
  const { text, contentType } = await exposeMetrics(appDatabase());
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}
