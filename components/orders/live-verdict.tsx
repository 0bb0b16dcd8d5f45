"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useAnnounce } from "#components/ui/live-region.tsx";
import type { Currency } from "#lib/domain/currency.ts";
import { limits } from "#lib/domain/limits.ts";
import { paths } from "#lib/domain/paths.ts";
import type { Verdict } from "#lib/domain/verdict.ts";
import { AsOf } from "./as-of.tsx";
import { VerdictCard } from "./verdict-card.tsx";

type Status = { state: Verdict; asOf: string | null; isSettled: boolean };
type Told = Status & { clock: { serverNow: string; heardAtMs: number } | null };
type Props = {
  account: string;
  orderNo: string;
  timeZone: string;
  currency: Currency;
  amountMinor: number | null;
  initial: Status;
};

/**
 * The verdict that changes in place: reads the status address every two seconds while the page is visible, stops when
 * nothing more happens by itself, and fetches the rest of the page anew when the verdict moved.
 */
export function LiveVerdict({ account, orderNo, timeZone, currency, amountMinor, initial }: Props) {
  const router = useRouter();
  const announce = useAnnounce();
  const t = useTranslations("verdict");
  const { data } = useQuery({
    queryKey: ["status", account, orderNo],
    initialData: { ...initial, clock: null },
    initialDataUpdatedAt: 0,
    queryFn: async (): Promise<Told> => {
      const answer = await fetch(paths.orderStatus(account, orderNo), { cache: "no-store" });
      if (answer.status === 401) router.refresh();
      if (!answer.ok) throw new Error(String(answer.status));
      const status: Status & { serverNow: string } = await answer.json();
      return { ...status, clock: { serverNow: status.serverNow, heardAtMs: performance.now() } };
    },
    refetchInterval: ({ state }) => (state.data?.isSettled ? false : limits.statusPollMs),
  });
  const shown = useRef(initial.state);
  useEffect(() => {
    if (shown.current === data.state) return;
    shown.current = data.state;
    announce(t(`${data.state}.word`));
    router.refresh();
  }, [data.state, router, announce, t]);
  return (
    <VerdictCard
      verdict={data.state}
      money={amountMinor === null ? null : { amountMinor, currency }}
      asOf={<AsOf at={data.asOf} clock={data.clock} timeZone={timeZone} />}
    />
  );
}
