"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { LockCountdown } from "#components/approvals/lock-countdown.tsx";
import { PinField } from "#components/approvals/pin-field.tsx";
import { usePinned } from "#components/approvals/use-decide.ts";
import type { Action } from "#components/forms/call-action.ts";
import { MaybeLost } from "#components/forms/maybe-lost.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { useLiveData } from "#components/ui/live-data.ts";
import { LiveNotice } from "#components/ui/live-notice.tsx";
import { useAnnounce } from "#components/ui/live-region.tsx";
import type { ItemAnswer } from "#lib/domain/action-answer.ts";
import { limits } from "#lib/domain/limits.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import { isReady, type TogetherItem, type TogetherShown } from "./together-item.ts";
import { TogetherRow } from "./together-row.tsx";

type Props = {
  requestNos: readonly string[];
  initial: TogetherShown;
  lockedForMs: number;
  approve: Action;
};

const isAskedAbout = ({ state, why }: TogetherItem) => state === "waiting" && why === "notFresh";

/** Whether the gateway is still being asked: one question after the other, and not for ever. */
function useAsking({ items }: TogetherShown): boolean {
  const [isLate, setIsLate] = useState(false);
  const [waitMs] = useState(() => limits.freshFactsWaitMs + items.length * limits.laneGapMs);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), waitMs);
    return () => clearTimeout(timer);
  }, [waitMs]);
  return !isLate && items.some(isAskedAbout);
}

/** The chosen requests side by side with the facts of now, one PIN for those of low risk, and what became of each. */
export function TogetherDesk({ requestNos, initial, lockedForMs, approve }: Props) {
  const t = useTranslations("together");
  const address = paths.togetherNow(requestNos);
  const { shown, trouble } = useLiveData(address, initial, ({ items }) =>
    items.some(isAskedAbout) ? limits.statusPollMs : limits.listPollMs,
  );
  const isAsking = useAsking(shown);
  const [answers, setAnswers] = useState<readonly ItemAnswer[] | null>(null);
  const ready = shown.items.filter(isReady);
  const timeZone = shown.items[0]?.timeZone ?? "UTC";
  return (
    <>
      <LiveNotice {...{ trouble, timeZone }} serverNow={shown.serverNow} />
      <Card title={t("chosen")} text={t("chosenText")}>
        <ul>
          {shown.items.map((item) => (
            <TogetherRow
              key={item.requestNo}
              item={item}
              answer={answers?.find(({ requestNo }) => requestNo === item.requestNo)}
              isAsking={isAsking && isAskedAbout(item)}
            />
          ))}
        </ul>
      </Card>
      {answers ? <Result answers={answers} /> : null}
      {!answers && ready.length > 0 ? (
        <PinForm
          {...{ ready, lockedForMs, approve }}
          mayApprove={!isAsking && trouble === null}
          onDone={setAnswers}
        />
      ) : null}
    </>
  );
}

function Result({ answers }: { answers: readonly ItemAnswer[] }) {
  const t = useTranslations("together");
  const announce = useAnnounce();
  const went = answers.filter(({ refusal }) => !refusal).length;
  const words = t("result", { went, rest: answers.length - went });
  useEffect(() => announce(words), [announce, words]);
  return <p className="font-semibold text-lg">{words}</p>;
}

type PinFormProps = Pick<Props, "lockedForMs" | "approve"> & {
  ready: readonly TogetherItem[];
  mayApprove: boolean;
  onDone: (answers: readonly ItemAnswer[]) => void;
};

function PinForm({ ready, mayApprove, lockedForMs, approve, onDone }: PinFormProps) {
  const t = useTranslations("together");
  const { timeZone, currency } = ready[0] ?? { timeZone: "UTC", currency: "TWD" as const };
  const { state, press, unlock } = usePinned({ timeZone, currency }, { lockedForMs });
  const amountMinor = ready.reduce((sum, item) => sum + item.amountMinor, 0);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const requestNos = ready.map(({ requestNo }) => requestNo);
    const answer = await press(form, approve, { ...Object.fromEntries(new FormData(form)), requestNos });
    if (answer?.items) onDone(answer.items);
  }
  if (state.isLost) return <MaybeLost what="decision" />;
  const { lockEndMs } = state;
  return (
    <Card title={t("confirmTitle")}>
      <p role="alert" className="font-semibold text-stop-text empty:hidden">
        {state.fault}
      </p>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <p className="text-lg">
          {t("means", { count: ready.length, amount: formatMoney({ amountMinor, currency }) })}
        </p>
        {lockEndMs === null ? (
          <PinField fault={state.fieldFaults.pin} />
        ) : (
          <LockCountdown endMs={lockEndMs} onOver={unlock} />
        )}
        {lockEndMs === null ? (
          <Button
            type="submit"
            disabled={!mayApprove}
            isBusy={state.isBusy}
            busyWord={t("busy")}
            className="min-h-12 justify-self-start"
          >
            {t("confirm", { count: ready.length })}
          </Button>
        ) : null}
      </form>
    </Card>
  );
}
