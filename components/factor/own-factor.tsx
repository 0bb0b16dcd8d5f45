import { useTranslations } from "next-intl";
import type { Deed } from "#components/forms/use-form-deed.ts";
import { Card } from "#components/ui/card.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { BeginFactor } from "./begin-factor.tsx";
import { FactorOffer } from "./factor-offer.tsx";
import { QrCode } from "./qr-code.tsx";
import { RemoveFactor } from "./remove-factor.tsx";

type Factor =
  | { readonly state: "none" }
  | { readonly state: "on"; readonly since: string; readonly codesLeft: number }
  | {
      readonly state: "offered";
      readonly offer: { readonly uri: string; readonly seedText: string; readonly codes: readonly string[] };
    };
type Props = { factor: Factor; timeZone: string; deeds: { begin: Deed; confirm: Deed; remove: Deed } };

/** The second factor of one's own account: none, being set up, or on. */
export function OwnFactor({ factor, timeZone, deeds: { begin, confirm, remove } }: Props) {
  const t = useTranslations("me.factor");
  return (
    <Card title={t("title")}>
      {factor.state === "none" ? <BeginFactor begin={begin} /> : null}
      {factor.state === "offered" ? (
        <FactorOffer offer={factor.offer} confirm={confirm} begin={begin}>
          <QrCode text={factor.offer.uri} />
        </FactorOffer>
      ) : null}
      {factor.state === "on" ? (
        <>
          <p>
            {t.rich("on", {
              time: () => <ClockTime at={factor.since} timeZone={timeZone} withDate />,
              count: factor.codesLeft,
            })}
          </p>
          <RemoveFactor remove={remove} />
        </>
      ) : null}
    </Card>
  );
}
