import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentSession } from "#app/_server/session.ts";
import { signOutAction } from "#app/(staff)/actions.ts";
import {
  addPasskeyAction,
  beginFactorAction,
  beginPasskeyAction,
  confirmFactorAction,
} from "#app/(staff)/me/actions.ts";
import { AddPasskey } from "#components/factor/add-passkey.tsx";
import { BeginFactor } from "#components/factor/begin-factor.tsx";
import { FactorOffer } from "#components/factor/factor-offer.tsx";
import { QrCode } from "#components/factor/qr-code.tsx";
import { SignInFrame } from "#components/session/sign-in-frame.tsx";
import { SomebodyElse } from "#components/session/somebody-else.tsx";
import { Card } from "#components/ui/card.tsx";
import { card } from "#components/ui/styles.ts";
import { viewOwnFactor } from "#lib/auth/factor/begin-factor.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { ownPath } from "#lib/domain/own-path.ts";
import { paths } from "#lib/domain/paths.ts";

/** Where somebody sets up the second factor that their role needs, before anything else. */
export default async function SetUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await searchParams;
  const then = ownPath(typeof next === "string" ? next : null) ?? paths.counter;
  const session = await currentSession({ isAction: false });
  if (session?.stage !== "setUp") redirect(session ? then : paths.signIn);
  const [t, passkeys] = [await getTranslations("signIn"), await getTranslations("me.passkeys")];
  const factor = await viewOwnFactor(appDatabase(), session.staff);
  return (
    <SignInFrame title={t("setUpTitle")} text={t("setUpText", { name: session.staff.name })}>
      <section className={card}>
        {factor.state === "offered" ? (
          <FactorOffer
            offer={factor.offer}
            confirm={confirmFactorAction}
            begin={beginFactorAction}
            then={then}
          >
            <QrCode text={factor.offer.uri} />
          </FactorOffer>
        ) : (
          <BeginFactor begin={beginFactorAction} />
        )}
      </section>
      <Card title={passkeys("title")}>
        <p>{passkeys("what")}</p>
        <AddPasskey deeds={{ begin: beginPasskeyAction, add: addPasskeyAction }} then={then} />
      </Card>
      <SomebodyElse signOut={signOutAction} />
    </SignInFrame>
  );
}
