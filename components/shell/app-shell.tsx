import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Logo } from "#components/ui/logo.tsx";
import { type RailEntry, RailLink } from "./rail-link.tsx";
import { SearchBox } from "./search-box.tsx";

type Props = { entries: readonly RailEntry[]; account: ReactNode; children: ReactNode };

/** The frame of every staff page: rail on wide screens, bottom bar below, the search box always in the same place. */
export function AppShell({ entries, account, children }: Props) {
  const t = useTranslations();
  return (
    <>
      <a
        href="#content"
        className="sr-only z-30 rounded-lg bg-accent p-3 text-accent-ink focus:not-sr-only focus:fixed focus:top-[calc(var(--above)+0.5rem)] focus:left-2"
      >
        {t("nav.skip")}
      </a>
      <div className="rail:grid rail:min-h-[calc(100dvh-var(--above))] rail:grid-cols-[14rem_1fr]">
        <nav
          aria-label={t("nav.main")}
          className="fixed inset-x-0 bottom-0 z-10 flex justify-center-safe overflow-x-auto border-line border-t bg-surface py-1 sm:gap-0.5 sm:px-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] rail:sticky rail:top-(--above) rail:h-[calc(100dvh-var(--above))] rail:flex-col rail:justify-start rail:gap-1 rail:border-t-0 rail:border-r rail:p-3"
        >
          <p className="hidden items-center gap-2.5 px-2 pt-1 pb-4 font-bold text-lg rail:flex">
            <Logo className="size-8" />
            {t("app")}
          </p>
          {entries.map((entry) => (
            <RailLink key={entry.href} {...entry} />
          ))}
        </nav>
        <div className="min-w-0">
          <header className="sticky top-(--above) z-10 border-line border-b bg-page">
            <div className="mx-auto grid w-full max-w-[1100px] grid-cols-[1fr_auto] items-start gap-x-3 gap-y-2 px-4 py-2.5 rail:px-8 sm:py-3">
              <p className="flex items-center gap-2 self-center font-bold text-lg sm:hidden">
                <Logo className="size-7" />
                {t("app")}
              </p>
              <div className="col-start-2 row-start-1">{account}</div>
              <div className="col-span-2 row-start-2 sm:col-span-1 sm:col-start-1 sm:row-start-1">
                <SearchBox />
              </div>
            </div>
          </header>
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto grid w-full min-w-0 max-w-[1100px] grid-cols-[minmax(0,1fr)] content-start gap-5 px-4 pt-5 pb-28 outline-none rail:px-8 rail:pt-7 rail:pb-12"
          >
            {children}
          </main>
        </div>
      </div>
    </>
  );
}
