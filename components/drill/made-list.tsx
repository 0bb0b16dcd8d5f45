"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { partTitle, textLink } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import type { PracticeMade } from "#lib/domain/practice-view.ts";

type Props = { made: readonly PracticeMade[]; pay: Deed };

/** What was made lately; where nobody has paid yet, the customer can be played. */
export function MadeList({ made, pay }: Props) {
  const t = useTranslations("drill");
  const { run, trouble, isBusy } = useFormDeed(pay, () => undefined);
  if (made.length === 0) return null;
  const columns: Column<PracticeMade>[] = [
    {
      key: "no",
      head: t("order"),
      cell: ({ orderNo }) => (
        <Link href={paths.search(orderNo)} prefetch={false} className={textLink}>
          <OrderNo orderNo={orderNo} />
        </Link>
      ),
    },
    {
      key: "case",
      head: t("situation"),
      cell: ({ practice }) => (
        <span className="grid justify-items-end text-right sm:justify-items-start sm:text-left">
          <span className="font-medium">{t(`case.${practice}.title`)}</span>
          <span className="text-quiet text-sm">{t(`case.${practice}.try`)}</span>
        </span>
      ),
    },
    { key: "amount", head: t("amount"), isAmount: true, cell: (row) => <MoneyText {...row} /> },
    {
      key: "pay",
      head: t("customer"),
      cell: ({ account, orderNo, canPay }) =>
        canPay ? (
          <Button look="secondary" isBusy={isBusy} onClick={() => run({ account, orderNo }, null)}>
            {t("pay")}
          </Button>
        ) : (
          <span className="text-quiet">{t("paid")}</span>
        ),
    },
  ];
  return (
    <section aria-labelledby="practice-made" className="grid gap-3">
      <h2 id="practice-made" className={partTitle}>
        {t("lately")}
      </h2>
      <p role="alert" className="text-stop-text empty:hidden">
        {trouble}
      </p>
      <DataTable caption={t("lately")} columns={columns} rows={made} rowKey={({ orderNo }) => orderNo} />
    </section>
  );
}
