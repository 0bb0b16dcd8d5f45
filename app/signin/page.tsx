import { getTranslations } from "next-intl/server";
import { SignInForm } from "#components/session/sign-in-form.tsx";
import { SignInFrame } from "#components/session/sign-in-frame.tsx";
import { demoShop } from "#lib/domain/demo-shop.ts";
import { ownPath } from "#lib/domain/own-path.ts";
import { paths } from "#lib/domain/paths.ts";
import { env } from "#lib/env.ts";
import { signInAction } from "./actions.ts";

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; why?: string | string[] }>;
}) {
  const t = await getTranslations("signIn");
  const { next, why } = await searchParams;
  const callbackUrl = ownPath(typeof next === "string" ? next : null) ?? paths.counter;
  return (
    <SignInFrame title={t("title")} text={t("promise")}>
      <SignInForm
        demo={env().STOREDESK_DEMO ? demoShop : null}
        callbackUrl={callbackUrl}
        plain={signInAction}
        wasRefused={why === "refused"}
      />
    </SignInFrame>
  );
}
