import {
  ArrowRight,
  CircleCheck,
  CircleHelp,
  CircleX,
  Clock,
  Hand,
  Hourglass,
  OctagonX,
  TriangleAlert,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { classes } from "#components/ui/styles.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";
import type { Verdict } from "#lib/domain/verdict.ts";

const looks = {
  wait: "bg-wait-bg border-wait-border text-wait-text",
  good: "bg-good-bg border-good-border text-good-text",
  stop: "bg-stop-bg border-stop-border text-stop-text",
  unknown: "bg-unknown-bg border-unknown-border text-unknown-text",
  moving: "bg-moving-bg border-moving-border text-moving-text",
};

/** Sign and meaning of each verdict: told apart by shape as well as by colour. */
const signs: Record<Verdict, { Sign: typeof Clock; look: keyof typeof looks }> = {
  waiting: { Sign: Clock, look: "wait" },
  paid: { Sign: CircleCheck, look: "good" },
  notPaid: { Sign: CircleX, look: "stop" },
  cancelled: { Sign: OctagonX, look: "stop" },
  unknown: { Sign: CircleHelp, look: "unknown" },
  refundAsked: { Sign: Hand, look: "moving" },
  refundSending: { Sign: ArrowRight, look: "moving" },
  refundAccepted: { Sign: Hourglass, look: "moving" },
  refunded: { Sign: Undo2, look: "good" },
  partlyRefunded: { Sign: Undo2, look: "moving" },
  refundRefused: { Sign: CircleX, look: "stop" },
  paidAfterCancel: { Sign: TriangleAlert, look: "stop" },
};

/** The page's first thing: sign, word, amount, what to do, and how old the answer is. */
export function VerdictCard({
  verdict,
  money,
  asOf,
}: {
  verdict: Verdict;
  money: Money | null;
  asOf: string;
}) {
  const t = useTranslations("verdict");
  const { Sign, look } = signs[verdict];
  return (
    <section aria-label={t("region")} className={classes("rounded-2xl border-2 p-6", looks[look])}>
      <p className="flex items-center gap-3 font-bold text-3xl" aria-live="polite">
        <Sign aria-hidden className="size-9 shrink-0" />
        <span>{t(`${verdict}.word`)}</span>
      </p>
      {money ? <p className="mt-2 font-semibold text-4xl">{formatMoney(money)}</p> : null}
      <p className="mt-2 text-lg">{t(`${verdict}.hint`)}</p>
      <p className="mt-3 text-sm">{asOf}</p>
    </section>
  );
}
