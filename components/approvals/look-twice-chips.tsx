import { CalendarClock, Repeat, Scale } from "lucide-react";
import { useTranslations } from "next-intl";
import { Chip } from "#components/ui/chip.tsx";
import { type LookTwice, lookTwice } from "#lib/domain/look-twice.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";

const signs = { justUnderLimit: Scale, thirdToday: Repeat, oldSale: CalendarClock } satisfies Record<
  LookTwice,
  unknown
>;

type Props = {
  request: Money & { limitMinor: number; nthToday: number; paidAt: string | null; askedAt: string };
};

/** What to look at twice before deciding; or that there is nothing. */
export function LookTwiceChips({ request }: Props) {
  const t = useTranslations("lookTwice");
  const { limitMinor, nthToday, paidAt, askedAt, currency } = request;
  const found = lookTwice({
    ...request,
    askedAt: new Date(askedAt),
    paidAt: paidAt === null ? null : new Date(paidAt),
  });
  const limit = formatMoney({ amountMinor: limitMinor, currency });
  const days = paidAt ? Math.floor((Date.parse(askedAt) - Date.parse(paidAt)) / 86_400_000) : 0;
  if (found.length === 0) return <span className="text-quiet">{t("nothing")}</span>;
  return found.map((why) => (
    <Chip key={why} meaning="wait" Sign={signs[why]}>
      {t(why, { limit, nth: nthToday, days })}
    </Chip>
  ));
}
