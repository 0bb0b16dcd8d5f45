import { CircleAlert, Hourglass } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import { textLink } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import type { CaseView } from "#lib/domain/recovery/attention-view.ts";
import { type CaseActions, CaseDeeds } from "./case-deeds.tsx";

type Props = { one: CaseView; actions: CaseActions };

/** One thing somebody has to know of: what it is, since when, who was told, when it is tried again, and what a person may do. */
export function CaseCard({ one, actions }: Props) {
  const t = useTranslations("attention");
  const { kind, caseNo, since, nextTryAt, timeZone, orderNo, account, amountMinor, currency } = one;
  return (
    <Card
      title={t(`kind.${kind}`)}
      text={
        <>
          {t("case", { caseNo })} · {one.storeName}
        </>
      }
      end={
        <Chip meaning={one.isRed ? "stop" : "unknown"} Sign={one.isRed ? CircleAlert : Hourglass}>
          {t(`told.${one.told}`)}
        </Chip>
      }
    >
      <p>{t(one.needsPerson ? "hint.needsPerson" : `hint.${kind}`)}</p>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1">
        {orderNo ? (
          <>
            <dt className="text-quiet">{t("order")}</dt>
            <dd>
              <Link href={paths.order(account, orderNo)} prefetch={false} className={`${textLink} font-mono`}>
                {orderNo}
              </Link>
            </dd>
          </>
        ) : (
          <>
            <dt className="text-quiet">{t("account")}</dt>
            <dd className="font-mono">{account}</dd>
          </>
        )}
        {amountMinor === null ? null : (
          <>
            <dt className="text-quiet">{t("amount")}</dt>
            <dd>
              <MoneyText amountMinor={amountMinor} currency={currency} />
            </dd>
          </>
        )}
        <dt className="text-quiet">{t("since")}</dt>
        <dd>
          <ClockTime at={since} timeZone={timeZone} withDate />
        </dd>
        <dt className="text-quiet">{t("nextTry")}</dt>
        <dd>{nextTryAt ? <ClockTime at={nextTryAt} timeZone={timeZone} withDate /> : t("noTry")}</dd>
        {one.detail ? (
          <>
            <dt className="text-quiet">{t("detail")}</dt>
            <dd className="break-words font-mono text-sm">{one.detail}</dd>
          </>
        ) : null}
      </dl>
      <CaseDeeds one={one} actions={actions} />
    </Card>
  );
}
