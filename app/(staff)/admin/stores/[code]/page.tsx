import { notFound } from "next/navigation";
import { requireStaff } from "#app/_server/session.ts";
import { SecondApprovalForm } from "#components/admin/second-approval-form.tsx";
import { ShopForm } from "#components/admin/shop-form.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { toDecimalText } from "#lib/domain/money.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { findShop } from "#lib/use-cases/shop/view-shop.ts";
import { changeSecondApprovalAction, putStoreAction } from "../actions.ts";

type Props = { params: Promise<{ code: string }> };

export default async function StorePage({ params }: Props) {
  const staff = await requireStaff();
  const shop = await findShop(appContext(), staff, decodeURIComponent((await params).code));
  if (!shop) notFound();
  const { code, name, timeZone, currency, dayCutAt, secondApprovalAboveMinor: above } = shop;
  return (
    <>
      <PageHead title={name} text={code} />
      <ShopForm start={{ code, name, timeZone, currency, dayCutAt }} isNew={false} deed={putStoreAction} />
      <SecondApprovalForm
        storeCode={code}
        start={above === null ? "" : toDecimalText({ amountMinor: above, currency })}
        change={changeSecondApprovalAction}
      />
    </>
  );
}
