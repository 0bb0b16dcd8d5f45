import Link from "next/link";
import { useTranslations } from "next-intl";
import { VerdictChip } from "#components/orders/verdict-chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { textLink } from "#components/ui/styles.ts";
import type { CounterView } from "#lib/domain/counter-view.ts";
import { paths } from "#lib/domain/paths.ts";

type Props = { orders: CounterView["recent"]; hasStores: boolean };

/** What this device looked up last, each with its verdict now. */
export function RecentOrders({ orders, hasStores }: Props) {
  const t = useTranslations("counter");
  if (orders.length === 0) return <p className="text-quiet">{t("none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {orders.map(
        ({ id, account, orderNo, verdict, amountMinor, currency, lookedUpAt, timeZone, storeName }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 py-1">
            <Link href={paths.order(account, orderNo)} prefetch={false} className={textLink}>
              <OrderNo orderNo={orderNo} />
            </Link>
            <VerdictChip verdict={verdict} />
            <span className="ms-auto font-semibold">
              {amountMinor === null ? null : <MoneyText {...{ amountMinor, currency }} />}
            </span>
            <span className="basis-full pb-1 text-quiet text-sm sm:basis-auto sm:pb-0">
              {hasStores ? `${storeName} · ` : null}
              <ClockTime at={lookedUpAt} timeZone={timeZone} />
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
