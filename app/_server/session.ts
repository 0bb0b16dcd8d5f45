import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { encode } from "next-auth/jwt";
import { cache } from "react";
import type { ReadSession } from "#lib/auth/current-staff.ts";
import { sessionCookie } from "#lib/auth/options.ts";
import { ownPath } from "#lib/domain/own-path.ts";
import { paths } from "#lib/domain/paths.ts";
import { sessionLongestMs } from "#lib/domain/session-limits.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { env } from "#lib/env.ts";
import { sessionOf } from "./session-of.ts";

/** Whose session calls and how far they are, read from the cookie alone (an Authorization header counts for nothing) and checked in the database. */
export async function currentSession({ isAction }: { isAction: boolean }): Promise<ReadSession | null> {
  return sessionOf((await cookies()).get(sessionCookie().name)?.value, { isAction });
}

/** A page, its layout and its title are drawn in one go for one person: read once. Whatever is not drawn asks each time. */
const sessionOfPage = cache(() => currentSession({ isAction: true }));

/** Who calls, if they are in. */
export async function currentStaff(how: { isAction: boolean }): Promise<CurrentStaff | null> {
  const session = await currentSession(how);
  return session?.stage === "in" ? session.staff : null;
}

const doors = { code: paths.signInCode, locked: paths.lock, setUp: paths.signInSetUp } as const;

/** For pages: the signed-in person, or the page where they go on with signing in, which leads back here. */
export async function requireStaff(): Promise<CurrentStaff> {
  const session = await sessionOfPage();
  if (session?.stage === "in") return session.staff;
  const door = session ? doors[session.stage] : paths.signIn;
  const next = ownPath((await headers()).get("x-path"));
  redirect(next ? paths.thenTo(door, next) : door);
}

/** Gives this browser a session id that was just made, in the same form as next-auth does. */
export async function putSession(sid: string): Promise<void> {
  const { name, isSecure } = sessionCookie();
  const maxAge = sessionLongestMs / 1_000;
  const token = await encode({ token: { sid }, secret: env().NEXTAUTH_SECRET, maxAge });
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure, maxAge } as const;
  (await cookies()).set(name, token, options);
}
