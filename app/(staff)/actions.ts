"use server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { currentStaff } from "#app/_server/session.ts";
import { sessionCookie } from "#lib/auth/options.ts";
import { signOut } from "#lib/auth/sign-in.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { paths } from "#lib/domain/paths.ts";

/** Ends the session here and in the database. */
export async function signOutAction(): Promise<void> {
  const staff = await currentStaff({ isAction: false });
  if (staff) await signOut(appDatabase(), staff);
  (await cookies()).delete(sessionCookie().name);
  redirect(paths.signIn);
}
