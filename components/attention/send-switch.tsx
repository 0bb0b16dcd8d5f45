import { PowerOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner.tsx";
import type { SwitchView } from "#lib/domain/recovery/attention-view.ts";
import { DeedButton } from "./deed-button.tsx";
import type { Deed } from "./use-deed.ts";

/** Nothing is sent: why, what is still being looked for, and the switch that two people press. */
export function SendSwitch({ house, switchOn }: { house: SwitchView; switchOn: Deed }) {
  const t = useTranslations("attention.switch");
  return (
    <Banner meaning="stop" Sign={PowerOff}>
      <div className="grid flex-1 gap-1">
        <p className="font-semibold">{t("off")}</p>
        <p>{house.isReconciled ? t("reconciled") : t("looking", { count: house.accountsLeft })}</p>
        {house.first ? <p>{t("first", { name: house.first })}</p> : null}
      </div>
      {house.canPress ? (
        <DeedButton word={house.first ? t("second") : t("press")} input={{}} deed={switchOn} look="primary" />
      ) : null}
    </Banner>
  );
}
