import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Logo } from "#components/ui/logo.tsx";
import { PageName } from "#components/ui/page-name.tsx";
import { LanguageLinks } from "./language-links.tsx";

type Props = { title: string; text: string; children: ReactNode };

/** The frame of every step of signing in: who we are, the languages, and one thing to do. */
export function SignInFrame({ title, text, children }: Props) {
  const t = useTranslations();
  return (
    <div className="grid min-h-[calc(100dvh-var(--above))] grid-rows-[auto_1fr]">
      <header className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-3 sm:px-8">
        <p className="flex items-center gap-2.5 font-bold text-lg">
          <Logo className="size-8" />
          {t("app")}
        </p>
        <LanguageLinks />
      </header>
      <main className="mx-auto grid w-full max-w-md content-center gap-5 px-4 pt-4 pb-16">
        <div className="grid gap-1 text-center">
          <PageName name={title} />
          <p className="text-quiet">{text}</p>
        </div>
        {children}
      </main>
    </div>
  );
}
