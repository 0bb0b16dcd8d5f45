import { CirclePause, KeyRound, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { button, card, classes, partTitle, textLink } from "#components/ui/styles.ts";
import type { Currency } from "#lib/domain/currency.ts";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import { paths } from "#lib/domain/paths.ts";
import { type Deed, TestButton } from "./test-button.tsx";

type Account = { slug: string; gateway: GatewayId; isPaused: boolean; lastAnswerAt: string | null };
type Props = {
  shop: {
    code: string;
    name: string;
    timeZone: string;
    currency: Currency;
    dayCutAt: string;
    accounts: readonly Account[];
    gateways: readonly GatewayId[];
  };
  test: Deed;
};

/** A store with its merchant accounts, and what can be done about them. */
export function ShopCard({ shop, test }: Props) {
  const t = useTranslations("shops");
  const gateway = useTranslations("gateway");
  const { code, name, timeZone, currency, dayCutAt, accounts, gateways } = shop;
  return (
    <section className={classes(card, "grid gap-4")} aria-label={name}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 className={partTitle}>{name}</h2>
          <p className="text-quiet">{t("facts", { code, currency, timeZone, dayCutAt })}</p>
        </div>
        <Link href={paths.oneStore(code)} prefetch={false} className={button.secondary}>
          {t("change")}
        </Link>
      </div>
      <ul className="grid divide-y divide-line border-line border-t">
        {accounts.map(({ slug, gateway: id, isPaused, lastAnswerAt }) => (
          <li key={slug} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <div className="grid gap-1">
              <Link href={paths.storeAccount(code, slug)} prefetch={false} className={textLink}>
                <KeyRound aria-hidden className="size-5" />
                {slug} · {gateway(id)}
              </Link>
              <span className="text-quiet">
                {lastAnswerAt
                  ? t.rich("lastAnswer", {
                      time: () => <ClockTime at={lastAnswerAt} timeZone={timeZone} withDate />,
                    })
                  : t("noAnswerYet")}
              </span>
              {isPaused ? (
                <Chip meaning="stop" Sign={CirclePause}>
                  {t("paused")}
                </Chip>
              ) : null}
            </div>
            <TestButton account={slug} test={test} />
          </li>
        ))}
        {accounts.length === 0 ? <li className="py-3 text-quiet">{t("noAccounts")}</li> : null}
      </ul>
      <div className="flex flex-wrap gap-3">
        {gateways.map((id) => (
          <Link key={id} href={paths.newStoreAccount(code, id)} prefetch={false} className={button.quiet}>
            <Plus aria-hidden className="size-5" />
            {t("newAccount", { gateway: gateway(id) })}
          </Link>
        ))}
      </div>
    </section>
  );
}
