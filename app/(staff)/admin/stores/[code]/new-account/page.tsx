import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { AccountForm } from "#components/admin/account-form.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { gatewayIds } from "#lib/domain/gateway-id.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { findShop, settingFields } from "#lib/use-cases/shop/view-shop.ts";
import { putAccountAction } from "../../actions.ts";

type Props = {
  params: Promise<{ code: string }>;
  searchParams: Promise<{ gateway?: string | string[] }>;
};

export default async function NewAccountPage({ params, searchParams }: Props) {
  const staff = await requireStaff();
  const shop = await findShop(appContext(), staff, decodeURIComponent((await params).code));
  const asked = (await searchParams).gateway;
  const gateway = gatewayIds.find((one) => one === asked);
  if (!shop || !gateway) notFound();
  const t = await getTranslations();
  const name = t(`gateway.${gateway}`);
  return (
    <>
      <PageHead title={t("shops.newAccount", { gateway: name })} text={shop.name} />
      <AccountForm
        {...{ gateway, slug: "", storeCode: shop.code, deed: putAccountAction }}
        fields={settingFields(gateway, null)}
      />
    </>
  );
}
