import "server-only";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { afterMs } from "#lib/db/clock.ts";
import { limits } from "#lib/domain/limits.ts";

/**
 * Whether a session's interest in an order stands in the books for long enough, and its question too. A poll then reads and writes
 * nothing: a write would sync the disk and lock the order's row for each of hundreds of pages.
 */
export const isNoted = (
  orderId: SQLWrapper | string,
  sessionId: string,
): SQL<boolean> => sql<boolean>`exists (
    select 1 from order_watch w join query_job j on j.order_id = w.order_id
     where w.order_id = ${orderId} and w.session_id = ${sessionId} and w.until_at > ${afterMs(limits.watchRenewMs)}
       and j.priority <= 3)`;
