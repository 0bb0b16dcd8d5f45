"use client";
import { Check, CircleAlert, LoaderCircle, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useReasonWords } from "#components/requests/reason-words.ts";
import { RequestChip } from "#components/requests/request-chip.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import type { ItemAnswer } from "#lib/domain/action-answer.ts";
import { formatMoney } from "#lib/domain/money.ts";
import { paths } from "#lib/domain/paths.ts";
import type { TogetherItem } from "./together-item.ts";
import { useTogetherWords } from "./together-words.ts";

type Props = { item: TogetherItem; answer: ItemAnswer | undefined; isAsking: boolean };

/** One of the chosen requests: what is asked, whether it goes with the others, and after the press what became of it. */
export function TogetherRow({ item, answer, isAsking }: Props) {
  const t = useTranslations("together");
  const reason = useReasonWords();
  const words = useTogetherWords(item);
  const before = isAsking ? null : words.before(item);
  const why = answer?.refusal ? words.after(answer.refusal) : before;
  return (
    <li className="grid gap-x-6 gap-y-1 border-line border-t py-3 first:border-t-0 sm:grid-cols-[1fr_auto] sm:items-center">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-4">
          <Link
            href={paths.approval(item.requestNo)}
            prefetch={false}
            className="inline-flex min-h-11 items-center text-accent underline underline-offset-4"
          >
            <OrderNo orderNo={item.orderNo} />
          </Link>
          <strong className="text-lg tabular-nums">{formatMoney(item)}</strong>
          <span className="text-quiet">
            {item.askedBy} · {reason(item.reason)}
          </span>
        </p>
        {why ? <p className="font-medium text-stop-text">{why}</p> : null}
      </div>
      <p className="flex flex-wrap gap-2">
        {answer ? (
          <Chip meaning={answer.refusal ? "stop" : "good"} Sign={answer.refusal ? X : Check}>
            {t(answer.refusal ? "wentNot" : "went")}
          </Chip>
        ) : null}
        {item.state === "waiting" ? null : <RequestChip state={item.state} />}
        {answer || item.state !== "waiting" ? null : <Standing why={why} isAsking={isAsking} />}
      </p>
    </li>
  );
}

function Standing({ why, isAsking }: { why: string | null; isAsking: boolean }) {
  const t = useTranslations("together");
  if (isAsking)
    return (
      <span className="flex items-center gap-2 text-quiet text-sm">
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        {t("asking")}
      </span>
    );
  return (
    <Chip meaning={why ? "wait" : "good"} Sign={why ? CircleAlert : Check}>
      {t(why ? "alone" : "ready")}
    </Chip>
  );
}
