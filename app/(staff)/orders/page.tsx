import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { OrderFilterForm } from "#components/orders/order-filter-form.tsx";
import { OrderResults } from "#components/orders/order-results.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { DownloadLink } from "#components/ui/download-link.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { card } from "#components/ui/styles.ts";
import { SavedViews } from "#components/views/saved-views.tsx";
import { limits } from "#lib/domain/limits.ts";
import { isFiltered, readOrderFilter } from "#lib/domain/order-filter.ts";
import { orderQuery } from "#lib/domain/order-query.ts";
import { paths } from "#lib/domain/paths.ts";
import { readViewSaid } from "#lib/domain/saved-view.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listChoices } from "#lib/use-cases/list-choices.ts";
import { listOrders } from "#lib/use-cases/list-orders.ts";
import { listViews } from "#lib/use-cases/saved-views/list-views.ts";
import { dropViewAction, renameViewAction, saveViewAction } from "./actions.ts";

type Params = Record<string, string | string[] | undefined>;

export default async function OrdersPage({ searchParams }: { searchParams: Promise<Params> }) {
  const staff = await requireStaff();
  const ctx = appContext();
  const choices = await listChoices(ctx, staff);
  const params = await searchParams;
  const read = readOrderFilter(params, choices);
  const { typed, faults, filter } = read;
  const isReadable = Object.keys(faults).length === 0;
  const [page, views] = await Promise.all([
    isReadable ? listOrders(ctx, staff, read) : null,
    listViews(ctx, staff, choices),
  ]);
  const t = await getTranslations();
  const count = page?.count ?? 0;
  return (
    <>
      <PageHead
        title={t("orders.title")}
        text={
          page ? (
            <>
              {t(count < limits.listCountMax ? "orders.count" : "orders.countMany", { count })}
              {" · "}
              {t.rich("orders.asOf", {
                time: () => <ClockTime at={page.asOf} timeZone={choices.timeZone} />,
              })}
            </>
          ) : null
        }
      >
        {page && count > 0 ? (
          <DownloadLink href={paths.exportOrders(orderQuery(typed))}>{t("exports.download")}</DownloadLink>
        ) : null}
      </PageHead>
      <SavedViews
        {...{ views, ...readViewSaid(params), list: orderQuery(typed) }}
        canSave={isReadable && isFiltered(typed)}
        {...{ save: saveViewAction, rename: renameViewAction, drop: dropViewAction }}
      />
      <OrderFilterForm
        {...{ typed, faults }}
        stores={choices.stores.map(({ code, name }) => ({ value: code, name }))}
        accounts={choices.accounts.map(({ slug, gateway }) => ({
          value: slug,
          name: `${t(`gateway.${gateway}`)} · ${slug}`,
        }))}
        days={choices}
      />
      {page ? (
        <OrderResults {...{ typed, page }} no={filter.no} hasStores={choices.stores.length > 1} />
      ) : (
        <p role="alert" className={card}>
          {t("orders.mend")}
        </p>
      )}
    </>
  );
}
