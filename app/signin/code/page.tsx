import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentSession } from "#app/_server/session.ts";
import { signOutAction } from "#app/(staff)/actions.ts";
import { CodeForm } from "#components/session/code-form.tsx";
import { PasskeyEntry } from "#components/session/passkey-entry.tsx";
import { SignInFrame } from "#components/session/sign-in-frame.tsx";
import { SomebodyElse } from "#components/session/somebody-else.tsx";
import { listWaysIn } from "#lib/auth/factor/has-factor.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { ownPath } from "#lib/domain/own-path.ts";
import { paths } from "#lib/domain/paths.ts";
import { askPasskeyAction, confirmCodeAction, confirmPasskeyAction } from "../actions.ts";

type Asked = { next?: string | string[]; why?: string | string[] };

/** The second step of signing in; plain forms, so that it works without scripts. */
export default async function CodePage({ searchParams }: { searchParams: Promise<Asked> }) {
  const { next, why } = await searchParams;
  const then = ownPath(typeof next === "string" ? next : null) ?? paths.counter;
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "code") redirect(session ? then : paths.signIn);
  const t = await getTranslations("signIn");
  const ways = await listWaysIn(appDatabase(), session.staff.staffId);
  const fault = why === "lockedCode" || why === "wrongCode" ? why : null;
  return (
    <SignInFrame
      title={t(ways.hasPasskey ? "secondTitle" : "codeTitle")}
      text={t("codeText", { name: session.staff.name })}
    >
      {ways.hasPasskey ? (
        <PasskeyEntry ask={askPasskeyAction} confirm={confirmPasskeyAction} next={then} />
      ) : null}
      {ways.hasApp || ways.hasCodes ? (
        <CodeForm confirm={confirmCodeAction} next={then} fault={fault} ways={ways} />
      ) : null}
      <SomebodyElse signOut={signOutAction} />
    </SignInFrame>
  );
}
