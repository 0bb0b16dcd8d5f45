import { notFound } from "next/navigation";
import { requireStaff } from "#app/_server/session.ts";
import { LiveOrder } from "#components/orders/live-order.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { appContext } from "#lib/use-cases/app-context.ts";
import { watchOrderStatus } from "#lib/use-cases/order-status.ts";
import { cancelOrderAction } from "./actions.ts";

export default async function OrderPage({
  params,
}: {
  params: Promise<{ account: string; orderNo: string }>;
}) {
  const staff = await requireStaff();
  const at = await params;
  const status = await watchOrderStatus(appContext(), staff, { ...at, isOpening: true });
  if (!status) notFound();
  const { account, orderNo } = status.order;
  return (
    <>
      <PageHead title={<OrderNo orderNo={orderNo} />} />
      <LiveOrder key={`${account}/${orderNo}`} initial={status} cancel={cancelOrderAction} />
    </>
  );
}
