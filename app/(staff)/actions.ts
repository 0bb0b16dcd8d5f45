"use server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { isFromOwnPage } from "#app/_server/from-own-page.ts";
import { currentSession } from "#app/_server/session.ts";
import { screenAction, staffAction } from "#app/_server/staff-action.ts";
import { seeNotice } from "#lib/auth/notices.ts";
import { sessionCookie } from "#lib/auth/options.ts";
import { lockScreen, unlockScreen } from "#lib/auth/session/lock-screen.ts";
import { signOut } from "#lib/auth/sign-in.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { nothingForm, noticeForm, unlockForm } from "#lib/domain/forms.ts";
import { paths } from "#lib/domain/paths.ts";
import { ok } from "#lib/domain/result.ts";

/** Ends the session here and in the database; from a page that is not ours, nothing. */
export async function signOutAction(): Promise<void> {
  if (await isFromOwnPage()) {
    const session = await currentSession({ isAction: false });
    if (session) await signOut(appDatabase(), session.staff);
    (await cookies()).delete(sessionCookie().name);
  }
  redirect(paths.signIn);
}

/** Somebody says that they read a notice of theirs; it goes. */
export const seeNoticeAction = staffAction(noticeForm, async (staff, { id }) => {
  await seeNotice(appDatabase(), staff, id);
  return ok(null);
});

export const lockScreenAction = screenAction(nothingForm, (staff) => lockScreen(appDatabase(), staff));

export const unlockScreenAction = screenAction(unlockForm, (staff, input) =>
  unlockScreen(appDatabase(), staff, input),
);
