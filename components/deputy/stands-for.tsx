import { UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";

type Props = {
  list: readonly { id: string; principal: string; untilOn: string; isMine: boolean; isNow: boolean }[];
};

/** Says for whom the reader decides now, and until when. */
export function StandsFor({ list }: Props) {
  const t = useTranslations("deputy");
  return list
    .filter(({ isMine, isNow }) => isMine && isNow)
    .map(({ id, principal, untilOn: until }) => (
      <Banner key={id} meaning="moving" Sign={UserRoundCheck}>
        <p className="flex-1 font-semibold">{t("standsFor", { principal, until })}</p>
      </Banner>
    ));
}
