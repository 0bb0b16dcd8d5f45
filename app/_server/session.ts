import "server-only";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { decode } from "next-auth/jwt";
import { readStaff } from "#lib/auth/current-staff.ts";
import { sessionCookie } from "#lib/auth/options.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { paths } from "#lib/domain/paths.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { env } from "#lib/env.ts";

/** Who calls, read from the cookie alone (an Authorization header counts for nothing) and checked in the database. */
export async function currentStaff({ isAction }: { isAction: boolean }): Promise<CurrentStaff | null> {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  if (!token) return null;
  const jwt = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  return typeof jwt?.sid === "string" ? readStaff(appDatabase(), jwt.sid, { isAction }) : null;
}

/** For pages: the signed-in person, or the sign-in page. */
export async function requireStaff(): Promise<CurrentStaff> {
  return (await currentStaff({ isAction: true })) ?? redirect(paths.signIn);
}
