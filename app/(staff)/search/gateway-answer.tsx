import "server-only";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OrderTable } from "#components/orders/order-table.tsx";
import { NoAnswer } from "#components/search/no-answer.tsx";
import { NoOrder } from "#components/search/no-order.tsx";
import { card } from "#components/ui/styles.ts";
import { cleanScan } from "#lib/domain/order-no.ts";
import { paths } from "#lib/domain/paths.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { findNearMisses } from "#lib/use-cases/find-near-misses.ts";
import type { ListChoices } from "#lib/use-cases/list-choices.ts";
import { findExact } from "#lib/use-cases/list-orders.ts";
import { lookUpOrder } from "#lib/use-cases/look-up-order.ts";

type Props = { staff: CurrentStaff; raw: string; choices: ListChoices; from: string };

/** What asking the gateway came to, streamed in when it is there. */
export async function GatewayAnswer({ staff, raw, choices, from }: Props) {
  const ctx = appContext();
  const found = await lookUpOrder(ctx, staff, raw);
  const t = await getTranslations("search");
  if (found.ok) {
    const [only, ...others] = found.value;
    if (only && others.length === 0) redirect(paths.order(only.account, only.orderNo, from));
    const rows = await findExact(ctx, staff, cleanScan(raw));
    return <OrderTable caption={t("several")} rows={rows} hasStores />;
  }
  const { refusal } = found;
  switch (refusal.why) {
    case "gatewayNoAnswer":
      return (
        <NoAnswer
          orderNo={refusal.understood}
          quietUntil={refusal.quietUntil?.toISOString() ?? null}
          timeZone={choices.timeZone}
        />
      );
    case "notFound":
      return (
        <NoOrder
          orderNo={refusal.understood}
          stores={choices.stores.map(({ name }) => name)}
          near={await findNearMisses(ctx, staff, refusal.understood)}
        />
      );
    default:
      return (
        <p role="status" className={`${card} text-lg`}>
          {t(refusal.why, { orderNo: refusal.understood })}
        </p>
      );
  }
}
