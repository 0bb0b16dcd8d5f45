"use client";
import { Clock, UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Deed, useFormDeed } from "#components/forms/use-form-deed.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { DeputyForm } from "./deputy-form.tsx";

type Deputyship = {
  id: string;
  principal: string;
  deputy: string;
  isMine: boolean;
  fromOn: string;
  untilOn: string;
  isNow: boolean;
};
type Props = {
  deputies: {
    list: readonly Deputyship[];
    candidates: readonly { staffId: string; name: string; role: string }[];
    todayOn: string;
  };
  name: Deed;
  end: Deed;
};

/** Who decides in one's place while one is away, and for whom one does. */
export function DeputySection({ deputies, name, end }: Props) {
  const t = useTranslations("deputy");
  const { run, trouble, isBusy } = useFormDeed(end, () => undefined);
  const { list, candidates, todayOn } = deputies;
  return (
    <Card title={t("title")} text={t("text")}>
      <p role="alert" className="text-stop-text empty:hidden">
        {trouble}
      </p>
      {list.length > 0 ? (
        <ul className="grid divide-y divide-line">
          {list.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <span className="grid gap-1">
                <span className="font-medium">
                  {t(one.isMine ? "took" : "gave", { principal: one.principal, deputy: one.deputy })}
                </span>
                <span className="flex flex-wrap items-center gap-2 text-quiet">
                  {t("days", { from: one.fromOn, until: one.untilOn })}
                  <Chip meaning={one.isNow ? "good" : "wait"} Sign={one.isNow ? UserRoundCheck : Clock}>
                    {t(one.isNow ? "now" : "later")}
                  </Chip>
                </span>
              </span>
              <Button look="secondary" isBusy={isBusy} onClick={() => run({ id: one.id }, null)}>
                {t("end")}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {candidates.length > 0 ? (
        <DeputyForm key={list.length} {...{ candidates, todayOn, name }} />
      ) : (
        <p>{t("none")}</p>
      )}
    </Card>
  );
}
