import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { ShopForm } from "#components/admin/shop-form.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { putStoreAction } from "../actions.ts";

const start = { code: "", name: "", timeZone: "Asia/Taipei", currency: "TWD", dayCutAt: "00:00" };

export default async function NewStorePage() {
  await requireStaff();
  const t = await getTranslations("shops");
  return (
    <>
      <PageHead title={t("new")} text={t("newText")} />
      <ShopForm start={start} isNew deed={putStoreAction} />
    </>
  );
}
