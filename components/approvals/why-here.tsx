import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import { formatMoney, type Money } from "#lib/domain/money.ts";
import type { OwnLimitJudgement } from "#lib/domain/own-limit.ts";
import { LookTwiceChips } from "./look-twice-chips.tsx";
import { useOwnLimitWords } from "./own-limit-words.ts";

type Props = {
  request: Money & {
    askedBy: string;
    limitMinor: number;
    judgement: OwnLimitJudgement | null;
    nthToday: number;
    paidAt: string | null;
    askedAt: string;
  };
  today: { count: number; sumMinor: number; returnedMinor: number };
};

/** The rule that sent it here, what its person asked for that day, and what to look at twice. */
export function WhyHere({ request, today }: Props) {
  const t = useTranslations("approvals");
  const words = useOwnLimitWords();
  const { currency, askedBy: name, judgement } = request;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency });
  return (
    <Card title={t("whyHere")}>
      <p>{(judgement && words(judgement, currency)) ?? t("ruleManager")}</p>
      <p>
        {t("personToday", {
          name,
          count: today.count,
          sum: money(today.sumMinor),
          returned: money(today.returnedMinor),
        })}
      </p>
      <p className="flex flex-wrap gap-2">
        <LookTwiceChips request={request} />
      </p>
    </Card>
  );
}
