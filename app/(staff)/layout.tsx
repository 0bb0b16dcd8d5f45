import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { requireStaff } from "#app/_server/session.ts";
import { ScreenLock } from "#components/session/lock/screen-lock.tsx";
import { Notices } from "#components/session/notices.tsx";
import { AccountMenu } from "#components/shell/account-menu.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { Shortcuts } from "#components/shell/keys/shortcuts.tsx";
import { listNotices } from "#lib/auth/notices.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { drillLink } from "#lib/domain/drill.ts";
import { paths } from "#lib/domain/paths.ts";
import { sessionLimits } from "#lib/domain/session-limits.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { env } from "#lib/env.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listStoreNames } from "#lib/use-cases/view-lists.ts";
import { lockScreenAction, seeNoticeAction, signOutAction, unlockScreenAction } from "./actions.ts";
import { Queries } from "./queries.tsx";

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const staff = await requireStaff();
  const { STOREDESK_DRILL: isDrill, STOREDESK_DRILL_URL: url = null } = env();
  const [t, roles, format, storeNames, notices] = await Promise.all([
    getTranslations("nav"),
    getTranslations("roles"),
    getFormatter(),
    listStoreNames(appContext(), staff),
    listNotices(appDatabase(), staff),
  ]);
  const entries = [
    { href: paths.counter, word: t("counter"), sign: "counter" as const, isFor: true },
    {
      href: paths.orders,
      word: t("orders"),
      sign: "orders" as const,
      isFor: roleCan(staff.role, "look-up-order"),
    },
    {
      href: paths.requests,
      word: t("requests"),
      sign: "requests" as const,
      isFor: roleCan(staff.role, "request-refund"),
    },
    {
      href: paths.approvals,
      word: t("approvals"),
      sign: "approvals" as const,
      isFor: roleCan(staff.role, "approve-refund"),
    },
    {
      href: paths.attention,
      word: t("attention"),
      sign: "attention" as const,
      isFor: roleCan(staff.role, "read-attention"),
    },
    { href: paths.audit, word: t("audit"), sign: "audit" as const, isFor: roleCan(staff.role, "read-audit") },
    {
      href: paths.staff,
      within: paths.admin,
      word: t("admin"),
      sign: "admin" as const,
      isFor: roleCan(staff.role, "change-staff"),
    },
  ].flatMap(({ isFor, ...entry }) => (isFor ? [entry] : []));
  return (
    <Queries>
      <AppShell
        entries={entries}
        account={
          <div className="flex items-center">
            <ScreenLock
              name={staff.name}
              lockMs={sessionLimits[staff.role].lockMs}
              lock={lockScreenAction}
              unlock={unlockScreenAction}
              signOut={signOutAction}
            />
            <AccountMenu
              name={staff.name}
              role={roles(staff.role)}
              stores={format.list(storeNames)}
              drillUrl={drillLink(staff.role, { isDrill, url })}
              signOut={signOutAction}
            />
          </div>
        }
      >
        <Notices notices={notices} see={seeNoticeAction} />
        {children}
        <Shortcuts places={entries.map(({ href }) => href)} />
      </AppShell>
    </Queries>
  );
}
