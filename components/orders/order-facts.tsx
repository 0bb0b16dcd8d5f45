import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import type { OrderView } from "#lib/domain/order-view.ts";

/** What is known of the order beside its money; unknown facts are left out, not shown empty. */
export function OrderFacts({ order }: { order: OrderView }) {
  const t = useTranslations("facts");
  const { storeName, title, wallet, gatewayOrderNo, paidAt, timeZone } = order;
  const facts = [
    { name: t("store"), value: storeName },
    { name: t("title"), value: title },
    { name: t("wallet"), value: wallet },
    { name: t("gatewayNo"), value: gatewayOrderNo },
    { name: t("paidAt"), value: paidAt && <ClockTime at={paidAt} timeZone={timeZone} withDate /> },
  ];
  return (
    <Card title={t("region")}>
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_1fr]">
        {facts
          .filter(({ value }) => value !== null && value !== "")
          .map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-quiet">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}
