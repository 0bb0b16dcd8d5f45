import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { AccountForm } from "#components/admin/account-form.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { appContext } from "#lib/use-cases/app-context.ts";
import { findShop, settingFields } from "#lib/use-cases/shop/view-shop.ts";
import { putAccountAction } from "../../../actions.ts";

type Props = { params: Promise<{ code: string; slug: string }> };

export default async function AccountPage({ params }: Props) {
  const staff = await requireStaff();
  const { code, slug } = await params;
  const shop = await findShop(appContext(), staff, decodeURIComponent(code));
  const account = shop?.accounts.find((one) => one.slug === decodeURIComponent(slug));
  if (!shop || !account) notFound();
  const t = await getTranslations("gateway");
  const { gateway } = account;
  return (
    <>
      <PageHead title={account.slug} text={`${shop.name} · ${t(gateway)}`} />
      <AccountForm
        {...{ gateway, slug: account.slug, storeCode: shop.code, deed: putAccountAction }}
        fields={settingFields(gateway, account)}
      />
    </>
  );
}
