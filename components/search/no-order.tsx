import { SearchX } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { OrderTable } from "#components/orders/order-table.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { button, card, classes, partTitle } from "#components/ui/styles.ts";
import type { OrderRow } from "#lib/domain/order-row.ts";
import { paths } from "#lib/domain/paths.ts";

type Props = {
  orderNo: string;
  /** Where it was looked for. */
  stores: readonly string[];
  near: readonly OrderRow[];
};

/** Nobody knows the number: what was read, where it was looked for, what it may have been, and another way to find the order. */
export function NoOrder({ orderNo, stores, near }: Props) {
  const t = useTranslations("search");
  const format = useFormatter();
  return (
    <>
      <section className={classes(card, "grid justify-items-start gap-3 p-6")}>
        <p role="status" className="flex items-center gap-3 font-semibold text-2xl">
          <SearchX aria-hidden className="size-8 shrink-0 text-quiet" />
          {t("notFound", { orderNo })}
        </p>
        <p>
          {t("read")} <OrderNo orderNo={orderNo} className="font-semibold" />
        </p>
        <p className="text-quiet">{t("where", { stores: format.list(stores) })}</p>
        <Link href={paths.orders} prefetch={false} className={button.secondary}>
          {t("byAmount")}
        </Link>
      </section>
      {near.length > 0 ? (
        <section className="grid gap-3">
          <h2 className={partTitle}>{t("near")}</h2>
          <OrderTable caption={t("near")} rows={near} hasStores={stores.length > 1} />
        </section>
      ) : null}
    </>
  );
}
