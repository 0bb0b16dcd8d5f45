import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import { classes } from "#components/ui/styles.ts";
import type { Currency } from "#lib/domain/currency.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { changesSince, type RequestSnapshot } from "#lib/domain/refund.ts";

type Props = { asked: RequestSnapshot; now: RequestSnapshot; currency: Currency; isOpen: boolean };

/** The facts when it was asked beside those of now; what differs is named in words. */
export function ThenAndNow({ asked, now, currency, isOpen }: Props) {
  const t = useTranslations();
  const changed = isOpen ? changesSince(asked, now) : [];
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency });
  const words = (facts: RequestSnapshot) => ({
    gatewayState: t(`orderState.${facts.gatewayState}`),
    paidMinor: money(facts.paidMinor),
    remainingMinor: money(facts.remainingMinor),
  });
  const names = {
    gatewayState: t("approvals.state"),
    paidMinor: t("money.paid"),
    remainingMinor: t("money.remaining"),
  };
  const [then, at] = [words(asked), words(now)];
  return (
    <table className="w-full border-separate border-spacing-0">
      <thead>
        <tr className="text-left text-quiet text-sm">
          <td />
          <th scope="col" className="px-2 pb-1 text-right font-medium sm:px-4">
            {t("approvals.asked")}
          </th>
          <th scope="col" className="px-2 pb-1 text-right font-medium sm:px-4">
            {t("approvals.now")}
          </th>
        </tr>
      </thead>
      <tbody>
        {(["gatewayState", "paidMinor", "remainingMinor"] as const).map((key) => {
          const isChanged = changed.includes(key);
          return (
            <tr key={key} className={classes(isChanged && "bg-wait-bg text-wait-text")}>
              <th scope="row" className="border-line border-t py-2 pr-2 text-left font-medium sm:px-2">
                <span className="flex flex-wrap items-center gap-2">
                  {names[key]}
                  {isChanged ? (
                    <Chip meaning="wait" Sign={TriangleAlert}>
                      {t("approvals.changed")}
                    </Chip>
                  ) : null}
                </span>
              </th>
              <td className="border-line border-t px-2 py-2 text-right tabular-nums sm:px-4">{then[key]}</td>
              <td className="border-line border-t px-2 py-2 text-right font-semibold tabular-nums sm:px-4">
                {at[key]}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
