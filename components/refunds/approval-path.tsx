import { Send, UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useOwnLimitWords } from "#components/approvals/own-limit-words.ts";
import { classes, meanings } from "#components/ui/styles.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";
import { type OwnLimitFacts, whyManager } from "#lib/domain/own-limit.ts";

type Props = { asked: Money | null; own: OwnLimitFacts; storeName: string };

/** Whether what is being asked will be sent at once or decided by a manager, and why, before it is sent. */
export function ApprovalPath({ asked, own, storeName: store }: Props) {
  const t = useTranslations("refund");
  const words = useOwnLimitWords();
  const { limits, sale } = own;
  const why = asked && whyManager(asked.amountMinor, own);
  const isAtOnce = asked !== null && why === null;
  const Sign = isAtOnce ? Send : UserRoundCheck;
  const tell = () => {
    if (asked === null) return t("path");
    const amount = formatMoney(asked);
    const limit = formatMoney({ amountMinor: limits.perRefundMinor, currency: sale.currency });
    if (why === null) return t("pathAtOnce", { amount, limit });
    const because = words(
      { ...own, why, saleAgeMs: sale.ageMs, secondAboveMinor: sale.secondAboveMinor },
      sale.currency,
    );
    return t("pathManager", { amount, store, because: because ?? "" });
  };
  return (
    <p
      className={classes(
        "flex items-start gap-3 rounded-lg border p-4",
        meanings[isAtOnce ? "good" : "moving"],
      )}
    >
      <Sign aria-hidden className="mt-0.5 size-5 shrink-0" />
      {tell()}
    </p>
  );
}
