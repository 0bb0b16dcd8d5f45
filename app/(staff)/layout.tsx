import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { requireStaff } from "#app/_server/session.ts";
import { SearchBox } from "#components/shell/search-box.tsx";
import { button } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { signOutAction } from "./actions.ts";

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const staff = await requireStaff();
  const t = await getTranslations("nav");
  const links = [
    { href: paths.counter, word: t("counter"), isFor: true },
    { href: paths.requests, word: t("requests"), isFor: roleCan(staff.role, "request-refund") },
    { href: paths.approvals, word: t("approvals"), isFor: roleCan(staff.role, "approve-refund") },
    { href: paths.audit, word: t("audit"), isFor: roleCan(staff.role, "read-audit") },
  ];
  return (
    <div className="mx-auto grid max-w-5xl gap-5 p-4">
      <header className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <nav aria-label={t("main")} className="flex flex-wrap gap-1">
            {links
              .filter(({ isFor }) => isFor)
              .map(({ href, word }) => (
                <Link
                  key={href}
                  href={href}
                  prefetch={false}
                  className="inline-flex min-h-11 items-center rounded-lg px-3 font-semibold hover:bg-surface"
                >
                  {word}
                </Link>
              ))}
          </nav>
          <form action={signOutAction} className="flex items-center gap-3">
            <span className="text-quiet">{staff.name}</span>
            <button type="submit" className={button.secondary}>
              {t("signOut")}
            </button>
          </form>
        </div>
        <SearchBox />
      </header>
      <main className="grid gap-5">{children}</main>
    </div>
  );
}
