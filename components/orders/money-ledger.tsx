import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import type { Currency } from "#lib/domain/currency.ts";
import type { MoneySums } from "#lib/domain/refund.ts";

const rows = ["paid", "waiting", "moving", "returned", "elsewhere", "remaining"] as const;

/** Where the order's money is: paid, asked back, on its way, returned (and how much of it not by us), and what remains of it. */
export function MoneyLedger({ sums, currency }: { sums: MoneySums; currency: Currency }) {
  const t = useTranslations("money");
  const shown = rows.filter((name) => name !== "elsewhere" || sums.elsewhereMinor > 0);
  return (
    <Card title={t("region")}>
      <dl className="grid grid-cols-[1fr_auto] gap-y-1">
        {shown.map((name) => (
          <div
            key={name}
            className="col-span-2 grid grid-cols-subgrid last:mt-1 last:border-line last:border-t last:pt-2"
          >
            <dt>{t(name)}</dt>
            <dd className="text-right font-semibold">
              <MoneyText amountMinor={sums[`${name}Minor`]} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
