import { requireStaff } from "#app/_server/session.ts";
import { LiveCounter } from "#components/counter/live-counter.tsx";
import { roleCan } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewCounter } from "#lib/use-cases/view-counter.ts";

export default async function CounterPage() {
  const staff = await requireStaff();
  const view = await viewCounter(appContext(), staff);
  return <LiveCounter initial={view} isAsking={roleCan(staff.role, "request-refund")} />;
}
