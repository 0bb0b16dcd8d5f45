import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { useReasonWords } from "./reason-words.ts";
import type { RequestShown } from "./request-shown.ts";

const link = "inline-flex min-h-9 items-center text-accent underline underline-offset-4";

/** What is asked: order, amount, reason in the asker's own words, who and when. */
export function RequestFacts({ request }: { request: RequestShown }) {
  const t = useTranslations();
  const words = useReasonWords();
  const { requestNo, account, orderNo, reason, note, askedBy, askedAt, timeZone, previousNo } = request;
  const facts = [
    {
      name: t("approvals.order"),
      value: (
        <Link href={paths.order(account, orderNo)} prefetch={false} className={link}>
          <OrderNo orderNo={orderNo} />
        </Link>
      ),
    },
    { name: t("approvals.amount"), value: <strong>{formatMoney(request)}</strong> },
    { name: t("refund.reason"), value: words(reason) },
    {
      name: t("refund.note"),
      value: note === "" ? null : <span className="whitespace-pre-wrap">{note}</span>,
    },
    { name: t("approvals.by"), value: `${askedBy} · ${request.storeName}` },
    { name: t("approvals.at"), value: <ClockTime at={askedAt} timeZone={timeZone} withDate /> },
    {
      name: t("requests.previous"),
      value: previousNo && (
        <Link href={paths.request(previousNo)} prefetch={false} className={link}>
          {previousNo}
        </Link>
      ),
    },
  ];
  return (
    <Card title={t("requests.whatIsAsked")} end={<span className="font-mono text-quiet">{requestNo}</span>}>
      <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[9rem_1fr] sm:items-baseline">
        {facts
          .filter(({ value }) => value !== null)
          .map(({ name, value }) => (
            <div key={name} className="sm:contents">
              <dt className="text-quiet text-sm sm:text-base">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}
