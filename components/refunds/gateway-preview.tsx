import { useTranslations } from "next-intl";
import type { Capabilities } from "#lib/domain/gateway-facts.ts";
import { gatewayWords, reasonForGateway } from "#lib/domain/gateway-words.ts";

type Props = {
  amount: string;
  reason: string;
  note: string;
  cashier: string;
  takes: Pick<Capabilities["refund"], "reasonLengthMax" | "cashierLengthMax">;
};

/** What the payment company will be told, by the rule that the send uses; the whole text stays in our books. */
export function GatewayPreview({ amount, reason, note, cashier, takes }: Props) {
  const t = useTranslations("refund.preview");
  const told = gatewayWords({ reason, note, cashier }, takes);
  const isCut = told.reason !== reasonForGateway({ reason, note }) || told.cashier !== cashier;
  const lines = [
    { name: t("amount"), value: amount },
    { name: t("reason"), value: reason === "" && note.trim() === "" ? "–" : told.reason },
    { name: t("cashier"), value: told.cashier || "–" },
  ];
  return (
    <section aria-label={t("title")} className="grid gap-1 rounded-lg border border-line bg-page p-4">
      <h2 className="font-semibold">{t("title")}</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {lines.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {isCut ? <p className="text-quiet text-sm">{t("cut")}</p> : null}
    </section>
  );
}
