import { Filter } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";
import { button } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";

/** A number was looked for from a narrowed list: it was found whatever the filter says, and the list is a step away. */
export function FilterSetAside({ list }: { list: string }) {
  const t = useTranslations("orders");
  return (
    <Banner meaning="moving" Sign={Filter}>
      <p className="grow">{t("setAsideHere")}</p>
      <Link href={paths.orderList(list)} prefetch={false} className={button.secondary}>
        {t("backToList")}
      </Link>
    </Banner>
  );
}
