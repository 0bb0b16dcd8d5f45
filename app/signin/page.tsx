import { getTranslations } from "next-intl/server";
import { LanguageLinks } from "#components/session/language-links.tsx";
import { SignInForm } from "#components/session/sign-in-form.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { demoShop } from "#lib/domain/demo-shop.ts";
import { ownPath } from "#lib/domain/own-path.ts";
import { paths } from "#lib/domain/paths.ts";
import { env } from "#lib/env.ts";

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const t = await getTranslations();
  const { next } = await searchParams;
  const callbackUrl = ownPath(typeof next === "string" ? next : null) ?? paths.counter;
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr]">
      <header className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-3 sm:px-8">
        <p className="flex items-center gap-2.5 font-bold text-lg">
          <Logo className="size-8" />
          {t("app")}
        </p>
        <LanguageLinks />
      </header>
      <main className="mx-auto grid w-full max-w-md content-center gap-5 px-4 pt-4 pb-16">
        <div className="grid gap-1 text-center">
          <h1 className="font-bold text-2xl tracking-tight">{t("signIn.title")}</h1>
          <p className="text-quiet">{t("signIn.promise")}</p>
        </div>
        <SignInForm demo={env().STOREDESK_DEMO ? demoShop : null} callbackUrl={callbackUrl} />
      </main>
    </div>
  );
}
