import { redirect } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { requireStaff } from "#app/_server/session.ts";
import { OrderTable } from "#components/orders/order-table.tsx";
import { Asking } from "#components/search/asking.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { card } from "#components/ui/styles.ts";
import { cleanScan } from "#lib/domain/order-no.ts";
import { listQuery } from "#lib/domain/order-query.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listChoices } from "#lib/use-cases/list-choices.ts";
import { findExact } from "#lib/use-cases/list-orders.ts";
import { lookUpInBooks } from "#lib/use-cases/look-up-order.ts";
import { GatewayAnswer } from "./gateway-answer.tsx";

type Params = { q?: string | string[]; list?: string | string[] };

export default async function SearchPage({ searchParams }: { searchParams: Promise<Params> }) {
  const staff = await requireStaff();
  const { q, list } = await searchParams;
  const raw = typeof q === "string" ? q.slice(0, 200) : "";
  const ctx = appContext();
  const known = await lookUpInBooks(ctx, staff, raw);
  const t = await getTranslations();
  const orderNo = cleanScan(raw);
  if (known?.ok) {
    const [only, ...others] = known.value;
    const from = listQuery(list);
    if (only && others.length === 0) redirect(paths.order(only.account, only.orderNo, from));
    return (
      <>
        <PageHead title={t("search.several")} text={t("search.severalText", { orderNo })} />
        <OrderTable caption={t("search.several")} rows={await findExact(ctx, staff, orderNo)} hasStores />
      </>
    );
  }
  const format = await getFormatter();
  const choices = await listChoices(ctx, staff);
  const gateways = [...new Set(choices.accounts.map(({ gateway }) => t(`gateway.${gateway}`)))];
  return (
    <>
      <PageHead title={t("search.title")} />
      {known ? (
        <p role="status" className={`${card} text-lg`}>
          {t(`search.${known.refusal.why}`, { orderNo: known.refusal.understood })}
        </p>
      ) : (
        <Suspense key={raw} fallback={<Asking orderNo={orderNo} gateways={format.list(gateways)} />}>
          <GatewayAnswer {...{ staff, raw, choices }} from={listQuery(list)} />
        </Suspense>
      )}
    </>
  );
}
