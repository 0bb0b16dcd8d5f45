import "server-only";
import { type ReadSession, readSession } from "#lib/auth/current-staff.ts";
import { sidOf } from "#lib/auth/session/sid-of.ts";
import { appDatabase } from "#lib/db/pool.ts";

/** Whose session the token of a cookie names and how far they are, checked in the database for this very call. */
export async function sessionOf(
  token: string | undefined,
  how: { isAction: boolean },
): Promise<ReadSession | null> {
  const sid = token ? await sidOf(token) : null;
  return sid === null ? null : readSession(appDatabase(), sid, how);
}
