import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { SessionTable } from "#components/people/session-table.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { listOwnStores } from "#lib/auth/people/own-stores.ts";
import { listSessions } from "#lib/auth/session/sessions-in-sight.ts";
import { appDatabase } from "#lib/db/pool.ts";
import { roleCan } from "#lib/domain/staff.ts";
import { endSessionAction } from "./actions.ts";

export default async function SessionsPage() {
  const staff = await requireStaff();
  if (!roleCan(staff.role, "end-session")) notFound();
  const t = await getTranslations("sessions");
  const [rows, stores] = await Promise.all([
    listSessions(appDatabase(), staff),
    listOwnStores(appDatabase(), staff),
  ]);
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <SessionTable rows={rows} timeZone={stores[0]?.timeZone ?? "Asia/Taipei"} end={endSessionAction} />
    </>
  );
}
