import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { requireStaff } from "#app/_server/session.ts";
import { SectionLinks } from "#components/ui/section-links.tsx";
import { paths } from "#lib/domain/paths.ts";
import { roleCan } from "#lib/domain/staff.ts";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "change-staff")) notFound();
  const t = await getTranslations();
  const links = [
    { href: paths.staff, word: t("people.title") },
    { href: paths.stores, word: t("shops.title") },
    { href: paths.reasons, word: t("reasons.title") },
    { href: paths.sessions, word: t("sessions.link") },
    { href: paths.signInRules, word: t("signInRules.link") },
  ];
  return (
    <>
      <SectionLinks label={t("nav.admin")} links={links} />
      {children}
    </>
  );
}
