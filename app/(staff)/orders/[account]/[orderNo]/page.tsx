import { notFound, redirect } from "next/navigation";
import { requireStaff } from "#app/_server/session.ts";
import { FilterSetAside } from "#components/orders/filter-set-aside.tsx";
import { LiveOrder } from "#components/orders/live-order.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { listQuery } from "#lib/domain/order-query.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { isOwnAccount } from "#lib/use-cases/order-books.ts";
import { watchOrderStatus } from "#lib/use-cases/order-status.ts";
import { cancelOrderAction } from "./actions.ts";

type At = { account: string; orderNo: string };
type Props = { params: Promise<At>; searchParams: Promise<{ list?: string | string[] }> };

export default async function OrderPage({ params, searchParams }: Props) {
  const staff = await requireStaff();
  const at = await params;
  const status = await watchOrderStatus(appContext(), staff, { ...at, isOpening: true });
  if (!status) {
    // An address from a receipt or a colleague may be of an order we have not seen: the search asks the gateway once.
    const isOurs = await isOwnAccount(appContext().database.db, staff, at.account);
    if (isOurs) redirect(paths.search(at.orderNo));
    notFound();
  }
  const { account, orderNo } = status.order;
  const list = listQuery((await searchParams).list);
  return (
    <>
      <PageHead title={orderNo} drawn={<OrderNo orderNo={orderNo} />} />
      {list === "" ? null : <FilterSetAside list={list} />}
      <LiveOrder key={`${account}/${orderNo}`} initial={status} cancel={cancelOrderAction} />
    </>
  );
}
