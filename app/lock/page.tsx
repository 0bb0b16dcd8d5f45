import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentSession } from "#app/_server/session.ts";
import { signOutAction, unlockScreenAction } from "#app/(staff)/actions.ts";
import { UnlockPage } from "#components/session/lock/unlock-page.tsx";
import { SignInFrame } from "#components/session/sign-in-frame.tsx";
import { SomebodyElse } from "#components/session/somebody-else.tsx";
import { ownPath } from "#lib/domain/own-path.ts";
import { paths } from "#lib/domain/paths.ts";

/** The lock screen for whoever opens a page while theirs is locked. */
export default async function LockPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await searchParams;
  const then = ownPath(typeof next === "string" ? next : null) ?? paths.counter;
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "locked") redirect(session ? then : paths.signIn);
  const t = await getTranslations("lock");
  return (
    <SignInFrame title={t("title")} text={t("text", { name: session.staff.name })}>
      <UnlockPage unlock={unlockScreenAction} then={then} />
      <SomebodyElse signOut={signOutAction} />
    </SignInFrame>
  );
}
