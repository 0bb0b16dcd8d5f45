import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { decode } from "next-auth/jwt";
import { readStaff } from "#lib/auth/current-staff.ts";
import { sessionCookie } from "#lib/auth/options.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { ownPath } from "#lib/domain/own-path.ts";
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

/** For pages: the signed-in person, or the sign-in page, which leads back here. */
export async function requireStaff(): Promise<CurrentStaff> {
  const staff = await currentStaff({ isAction: true });
  if (staff) return staff;
  const next = ownPath((await headers()).get("x-path"));
  redirect(next ? paths.signInTo(next) : paths.signIn);
}
