import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
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
        className="sr-only z-30 rounded-lg bg-accent p-3 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("nav.skip")}
      </a>
      <div className="lg:grid lg:min-h-dvh lg:grid-cols-[14rem_1fr]">
        <nav
          aria-label={t("nav.main")}
          className="fixed inset-x-0 bottom-0 z-10 flex gap-1 border-line border-t bg-surface p-1 lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:border-t-0 lg:border-r lg:p-3"
        >
          <p className="hidden px-3 py-2 font-bold text-lg lg:block">{t("app")}</p>
          {entries.map((entry) => (
            <RailLink key={entry.href} {...entry} />
          ))}
        </nav>
        <div className="mx-auto grid w-full max-w-[1100px] grid-cols-[1fr_auto] content-start gap-x-3 gap-y-5 p-4 pb-24 lg:p-6">
          <header className="contents">
            <div className="sticky top-0 z-10 col-span-2 row-start-2 bg-page py-2 sm:col-span-1 sm:col-start-1 sm:row-start-1">
              <SearchBox />
            </div>
            <p className="row-start-1 self-center font-bold text-lg sm:hidden">{t("app")}</p>
            <div className="col-start-2 row-start-1 sm:sticky sm:top-0 sm:z-10 sm:bg-page sm:py-2">
              {account}
            </div>
          </header>
          <main id="content" tabIndex={-1} className="col-span-2 grid min-w-0 gap-5">
            {children}
          </main>
        </div>
      </div>
    </>
  );
}
