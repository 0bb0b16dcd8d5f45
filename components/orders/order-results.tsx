import { Filter, ReceiptText, ScanSearch } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";
import { button, card, classes } from "#components/ui/styles.ts";
import { useFilterWords } from "#components/views/use-filter-words.ts";
import { type OrderCursor, orderQuery, type TypedFilter } from "#lib/domain/order-query.ts";
import type { OrderRow } from "#lib/domain/order-row.ts";
import { paths } from "#lib/domain/paths.ts";
import { OrderTable } from "./order-table.tsx";

type Props = {
  typed: TypedFilter;
  /** The order number that was typed, cleaned; null: none. */
  no: string | null;
  hasStores: boolean;
  page: {
    readonly rows: readonly OrderRow[];
    readonly setAside: readonly OrderRow[];
    readonly older: OrderCursor | null;
    readonly newer: OrderCursor | null;
  };
};

/** What the filter found: the orders, the one whose number was typed whole, or what to do when there is none. */
export function OrderResults({ typed, no, hasStores, page }: Props) {
  const t = useTranslations("orders");
  const wordsOf = useFilterWords();
  const { rows, setAside, older, newer } = page;
  const address = (at: Parameters<typeof orderQuery>[1]) => paths.orderList(orderQuery(typed, at));
  return (
    <>
      {setAside.length > 0 ? (
        <>
          <Banner meaning="moving" Sign={Filter}>
            <p role="status">{t("setAside", { orderNo: no ?? "" })}</p>
          </Banner>
          <OrderTable caption={t("setAsideList")} rows={setAside} hasStores={hasStores} />
        </>
      ) : null}
      {rows.length > 0 ? <OrderTable caption={t("title")} rows={rows} hasStores={hasStores} /> : null}
      {rows.length === 0 && setAside.length === 0 ? <NoOrders no={no} searched={wordsOf(typed)} /> : null}
      {newer || older ? (
        <nav aria-label={t("pages")} className="flex flex-wrap gap-3">
          {newer ? (
            <Link href={address({ after: newer })} prefetch={false} className={button.secondary}>
              {t("newer")}
            </Link>
          ) : null}
          {older ? (
            <Link href={address({ before: older })} prefetch={false} className={button.secondary}>
              {t("older")}
            </Link>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}

/** What was looked for without success, and the next thing to do. */
function NoOrders({ no, searched }: { no: string | null; searched: readonly string[] }) {
  const t = useTranslations("orders");
  return (
    <section className={classes(card, "grid justify-items-start gap-3")}>
      <h2 className="flex items-center gap-2 font-semibold text-lg">
        <ReceiptText aria-hidden className="size-5 text-quiet" />
        {searched.length > 0 ? t("none") : t("noneAtAll")}
      </h2>
      {searched.length > 0 ? <p>{t("searched", { what: searched.join(" · ") })}</p> : null}
      <p className="text-quiet">{t("onlyKnown")}</p>
      {no ? (
        <Link href={paths.search(no)} prefetch={false} className={button.primary}>
          <ScanSearch aria-hidden className="size-5" />
          {t("askGateway", { orderNo: no })}
        </Link>
      ) : null}
    </section>
  );
}
