"use client";
import { CircleCheck, LoaderCircle, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { RequestChip } from "#components/requests/request-chip.tsx";
import { ThenAndNow } from "#components/requests/then-and-now.tsx";
import { type RequestNow, useRequestNow } from "#components/requests/use-request-now.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Card } from "#components/ui/card.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { limits } from "#lib/domain/limits.ts";
import { formatMoney, type Money } from "#lib/domain/money.ts";
import { changesSince, type RequestSnapshot } from "#lib/domain/refund.ts";
import { Decision, type DecisionActions } from "./decision.tsx";

type Props = {
  requestNo: string;
  money: Money;
  timeZone: string;
  asked: RequestSnapshot;
  initial: RequestNow;
  /** Why this person decides nothing here; null: they may. */
  cannot: ReactNode | null;
  lockedForMs: number;
  actions: DecisionActions;
};

type Freshness = "asking" | "fresh" | "late";

/**
 * How the gateway's word stands against the moment the page was opened: that of the first answer heard on it, for the page
 * may come out of the browser's memory. A page drawn again later was not opened again.
 */
function useFreshness({ asOf, serverNow }: RequestNow, isHeard: boolean): Freshness {
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const [isLate, setIsLate] = useState(false);
  if (isHeard && openedAt === null) setOpenedAt(serverNow);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), limits.freshFactsWaitMs);
    return () => clearTimeout(timer);
  }, []);
  if (asOf && openedAt && Date.parse(asOf) >= Date.parse(openedAt) - limits.freshFactsMs) return "fresh";
  return isLate ? "late" : "asking";
}

/** The facts fetched now beside those it was asked on, what differs, and the decision: the middle of an approval. */
export function ApprovalDesk({
  requestNo,
  money,
  timeZone,
  asked,
  initial,
  cannot,
  lockedForMs,
  actions,
}: Props) {
  const t = useTranslations("approvals");
  const { told, trouble, isHeard } = useRequestNow(requestNo, initial);
  const freshness = useFreshness(told, isHeard);
  const isOpen = told.state === "waiting";
  const changed = isOpen ? changesSince(asked, told.now) : [];
  const amount = formatMoney(money);
  const { currency } = money;
  return (
    <>
      <Card
        title={t("thenAndNow")}
        end={
          <span className="flex items-center gap-2 text-quiet text-sm">
            {isOpen && freshness === "asking" ? (
              <>
                <LoaderCircle aria-hidden className="size-4 animate-spin" />
                {t("askingGateway")}
              </>
            ) : (
              told.asOf &&
              t.rich("asOf", { time: () => <ClockTime at={told.asOf ?? ""} timeZone={timeZone} /> })
            )}
          </span>
        }
      >
        <ThenAndNow asked={asked} now={told.now} currency={currency} isOpen={isOpen} />
        {isOpen ? <Findings freshness={freshness} changes={changed.length} /> : null}
      </Card>
      {isOpen ? (
        <Card title={t("yourDecision")}>
          {cannot ?? (
            <>
              {told.pair?.first?.isOwn ? <p className="font-semibold">{t("firstOwn")}</p> : null}
              <Decision
                {...{ requestNo, timeZone, currency, amount, lockedForMs, actions }}
                seen={told.now}
                mayApprove={freshness !== "asking" && trouble === null && !told.pair?.first?.isOwn}
              />
            </>
          )}
        </Card>
      ) : (
        <Card title={t("outcome")}>
          <p className="flex flex-wrap items-center gap-3 text-lg">
            <RequestChip state={told.state} />
            <strong className="tabular-nums">{amount}</strong>
          </p>
        </Card>
      )}
    </>
  );
}

function Findings({ freshness, changes }: { freshness: Freshness; changes: number }) {
  const t = useTranslations("approvals");
  if (changes > 0)
    return (
      <Banner meaning="wait" Sign={TriangleAlert}>
        <p className="flex-1 font-semibold">{t("differs")}</p>
      </Banner>
    );
  if (freshness === "asking") return null;
  return freshness === "fresh" ? (
    <p className="flex items-center gap-2 text-quiet">
      <CircleCheck aria-hidden className="size-5 text-good-icon" />
      {t("same")}
    </p>
  ) : (
    <Banner meaning="unknown" Sign={TriangleAlert}>
      <p className="flex-1">{t("gatewaySilent")}</p>
    </Banner>
  );
}
