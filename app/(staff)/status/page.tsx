import { requireStaff } from "#app/_server/session.ts";
import { LiveStatus } from "#components/gateways/live-status.tsx";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewStatus } from "#lib/use-cases/watch-desk/view-status.ts";

export default async function StatusPage() {
  const staff = await requireStaff();
  return <LiveStatus initial={await viewStatus(appContext(), staff)} />;
}
