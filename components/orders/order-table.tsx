import Link from "next/link";
import { useTranslations } from "next-intl";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { textLink } from "#components/ui/styles.ts";
import type { OrderRow } from "#lib/domain/order-row.ts";
import { paths } from "#lib/domain/paths.ts";
import { VerdictChip } from "./verdict-chip.tsx";

type Props = {
  caption: string;
  rows: readonly OrderRow[];
  /** More than one store can be among them. */
  hasStores: boolean;
};

/** Orders to choose from: number, verdict, amount, when, wallet, and the store where there are several. */
export function OrderTable({ caption, rows, hasStores }: Props) {
  const t = useTranslations("orders");
  const store: Column<OrderRow> = { key: "store", head: t("store"), cell: ({ storeName }) => storeName };
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "order",
          head: t("no"),
          cell: ({ account, orderNo }) => (
            <Link href={paths.order(account, orderNo)} prefetch={false} className={textLink}>
              <OrderNo orderNo={orderNo} />
            </Link>
          ),
        },
        { key: "verdict", head: t("state"), cell: ({ verdict }) => <VerdictChip verdict={verdict} /> },
        {
          key: "amount",
          head: t("amount"),
          cell: ({ amountMinor, currency }) =>
            amountMinor === null ? "—" : <MoneyText {...{ amountMinor, currency }} />,
          isAmount: true,
        },
        {
          key: "at",
          head: t("at"),
          cell: ({ at, timeZone }) => <ClockTime {...{ at, timeZone }} withDate />,
        },
        { key: "wallet", head: t("wallet"), cell: ({ wallet }) => wallet ?? "—" },
        ...(hasStores ? [store] : []),
      ]}
    />
  );
}
