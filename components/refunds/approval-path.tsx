import { UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { classes, meanings } from "#components/ui/styles.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";

type Props = { asked: Money | null; limitMinor: number; storeName: string };

/** Who decides about what is being asked, in words and amounts, before it is sent. */
export function ApprovalPath({ asked, limitMinor, storeName: store }: Props) {
  const t = useTranslations("refund");
  const limit = asked ? formatMoney({ amountMinor: limitMinor, currency: asked.currency }) : "";
  const amount = asked ? formatMoney(asked) : "";
  return (
    <p className={classes("flex items-start gap-3 rounded-lg border p-4", meanings.moving)}>
      <UserRoundCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
      {t(pathKey(asked, limitMinor), { amount, limit, store })}
    </p>
  );
}

function pathKey(asked: Money | null, limitMinor: number) {
  if (asked === null) return "path";
  if (limitMinor === 0) return "pathNoLimit";
  return asked.amountMinor > limitMinor ? "pathAbove" : "pathWithin";
}
