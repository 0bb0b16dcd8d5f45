import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { OrderFilterForm } from "#components/orders/order-filter-form.tsx";
import { OrderResults } from "#components/orders/order-results.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { DownloadLink } from "#components/ui/download-link.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { card } from "#components/ui/styles.ts";
import { limits } from "#lib/domain/limits.ts";
import { type ReadFilter, readOrderFilter } from "#lib/domain/order-filter.ts";
import { orderFilterFields, orderQuery } from "#lib/domain/order-query.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listChoices } from "#lib/use-cases/list-choices.ts";
import { listOrders } from "#lib/use-cases/list-orders.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("nav");
  return { title: t("orders") };
}

type Params = Record<string, string | string[] | undefined>;

/** The filter in words, for the sentence that says what was looked for. */
async function wordsFor({ typed, filter }: ReadFilter): Promise<string[]> {
  const t = await getTranslations();
  const shown = { ...typed, state: filter.state ? t(`verdict.${filter.state}.word`) : "" };
  return orderFilterFields.flatMap((name) =>
    shown[name] === "" ? [] : [`${t(`orders.field.${name}`)} ${shown[name]}`],
  );
}

export default async function OrdersPage({ searchParams }: { searchParams: Promise<Params> }) {
  const staff = await requireStaff();
  const ctx = appContext();
  const choices = await listChoices(ctx, staff);
  const read = readOrderFilter(await searchParams, choices);
  const { typed, faults, filter } = read;
  const page = Object.keys(faults).length > 0 ? null : await listOrders(ctx, staff, read);
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
        <OrderResults
          {...{ typed, page }}
          no={filter.no}
          searched={await wordsFor(read)}
          hasStores={choices.stores.length > 1}
        />
      ) : (
        <p role="alert" className={card}>
          {t("orders.mend")}
        </p>
      )}
    </>
  );
}
