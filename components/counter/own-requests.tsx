"use client";
import { CircleX, Hand, Pencil, TimerOff, Undo2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ComponentType, useCallback } from "react";
import { verdictSigns } from "#components/orders/verdict-signs.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ClockTime } from "#components/ui/clock-time.tsx";
import { MoneyText } from "#components/ui/money-text.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { type Meaning, textLink } from "#components/ui/styles.ts";
import type { CounterRequest } from "#lib/domain/counter-view.ts";
import type { MoneyOpState } from "#lib/domain/money-op.ts";
import { paths } from "#lib/domain/paths.ts";
import type { RequestStatus } from "#lib/domain/refund.ts";
import type { Verdict } from "#lib/domain/verdict.ts";

/** Where an approved request's money is, in the words of the verdict. */
const verdictOfOp: Record<MoneyOpState, Verdict> = {
  READY: "refundSending",
  SENDING: "refundSending",
  PENDING: "refundAccepted",
  UNKNOWN: "unknown",
  NEEDS_PERSON: "unknown",
  SUCCEEDED: "refunded",
  FAILED: "refundRefused",
};

type Sign = { Sign: ComponentType<{ className?: string; "aria-hidden"?: boolean }>; meaning: Meaning };
const signs: Record<RequestStatus, Sign> = {
  REQUESTED: { Sign: Hand, meaning: "wait" },
  RETURNED: { Sign: Pencil, meaning: "wait" },
  RESENT: { Sign: Pencil, meaning: "moving" },
  APPROVED: { Sign: Undo2, meaning: "moving" },
  REJECTED: { Sign: CircleX, meaning: "stop" },
  WITHDRAWN: { Sign: Undo2, meaning: "stop" },
  EXPIRED: { Sign: TimerOff, meaning: "stop" },
  SUPERSEDED: { Sign: CircleX, meaning: "stop" },
};

type State = Pick<CounterRequest, "status" | "opState">;

/** What became of a request, in one word. */
export function useRequestWord(): (request: State) => string {
  const t = useTranslations();
  return useCallback(
    ({ status, opState }: State) =>
      opState ? t(`verdict.${verdictOfOp[opState]}.word`) : t(`requestStatus.${status}`),
    [t],
  );
}

/** This person's last requests and their answers. */
export function OwnRequests({ requests }: { requests: readonly CounterRequest[] }) {
  const t = useTranslations("counter");
  const wordOf = useRequestWord();
  if (requests.length === 0) return <p className="text-quiet">{t("noRequests")}</p>;
  return (
    <ul className="divide-y divide-line">
      {requests.map((request) => {
        const { requestNo, account, orderNo, status, opState, answer, at, timeZone } = request;
        const sign = opState ? verdictSigns[verdictOfOp[opState]] : signs[status];
        return (
          <li key={requestNo} className="flex flex-wrap items-center gap-x-3 py-1">
            <Link href={paths.order(account, orderNo)} prefetch={false} className={textLink}>
              <OrderNo orderNo={orderNo} />
            </Link>
            <span className="ms-auto font-semibold">
              <MoneyText {...request} />
            </span>
            <span className="flex basis-full flex-wrap items-center gap-x-3 gap-y-1 pb-2">
              <Chip {...sign}>{wordOf(request)}</Chip>
              <span className="text-quiet text-sm">
                <ClockTime {...{ at, timeZone }} />
              </span>
              {answer ? <q className="min-w-0 break-words">{answer}</q> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
