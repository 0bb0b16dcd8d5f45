import { SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { button } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";

export default function NotFound() {
  const t = useTranslations("errorPages");
  return (
    <EmptyState Sign={SearchX} title={t("missingTitle")} text={t("missingText")}>
      <Link href={paths.counter} className={button.primary}>
        {t("toCounter")}
      </Link>
    </EmptyState>
  );
}
