import { Store } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ShopCard } from "#components/admin/shop-card.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { button } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { listShops } from "#lib/use-cases/shop/view-shop.ts";
import { testAccountAction } from "./actions.ts";

export default async function StoresPage() {
  const staff = await requireStaff();
  const t = await getTranslations("shops");
  const shops = await listShops(appContext(), staff);
  return (
    <>
      <PageHead title={t("title")} text={t("text")}>
        <Link href={paths.newStore} prefetch={false} className={button.primary}>
          <Store aria-hidden className="size-5" />
          {t("new")}
        </Link>
      </PageHead>
      {shops.map((shop) => (
        <ShopCard key={shop.code} shop={shop} test={testAccountAction} />
      ))}
    </>
  );
}
