import { Ban, MoonStar } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import type { Money } from "#lib/domain/money.ts";
import type { OddWhy } from "#lib/domain/odd-refund.ts";
import { paths } from "#lib/domain/paths.ts";

type Refund = Money & {
  readonly requestNo: string;
  readonly account: string;
  readonly orderNo: string;
  readonly timeZone: string;
  readonly askedBy: string;
  readonly decidedBy: string | null;
  readonly askedAt: string;
  readonly why: readonly OddWhy[];
};

const signs = { cancelled: Ban, lateNight: MoonStar } satisfies Record<OddWhy, unknown>;

/** Refunds that stand out, with who asked, who approved, and why they are here. */
export function OddRefunds({ refunds }: { refunds: readonly Refund[] }) {
  const t = useTranslations("pairs");
  return (
    <DataTable
      caption={t("oddTitle")}
      rows={refunds}
      rowKey={({ requestNo }) => requestNo}
      columns={[
        {
          key: "order",
          head: t("order"),
          cell: ({ account, orderNo }) => (
            <Link
              href={paths.order(account, orderNo)}
              prefetch={false}
              className="inline-flex min-h-11 items-center text-accent underline underline-offset-4"
            >
              <OrderNo orderNo={orderNo} />
            </Link>
          ),
        },
        { key: "amount", head: t("amount"), cell: (row) => <MoneyText {...row} />, isAmount: true },
        {
          key: "asked",
          head: t("asked"),
          cell: ({ askedBy, askedAt, timeZone }) => (
            <span>
              {askedBy} · <ClockTime at={askedAt} timeZone={timeZone} withDate />
            </span>
          ),
        },
        { key: "decided", head: t("decided"), cell: ({ decidedBy }) => decidedBy ?? t("byRule") },
        {
          key: "why",
          head: t("why"),
          cell: ({ why }) => (
            <span className="flex flex-wrap gap-1.5">
              {why.map((one) => (
                <Chip key={one} meaning="wait" Sign={signs[one]}>
                  {t(`odd.${one}`)}
                </Chip>
              ))}
            </span>
          ),
        },
      ]}
    />
  );
}
