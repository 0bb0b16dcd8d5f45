"use client";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";
import type { Currency } from "#lib/domain/currency.ts";
import { isReserving, type RequestSnapshot } from "#lib/domain/refund.ts";
import { ThenAndNow } from "./then-and-now.tsx";
import { type RequestNow, useRequestNow } from "./use-request-now.ts";

type Props = { requestNo: string; initial: RequestNow; asked: RequestSnapshot; currency: Currency };

/** The facts a request was asked on beside those of now, as they move. */
export function FactsNow({ requestNo, initial, asked, currency }: Props) {
  const t = useTranslations("requests");
  const { now, status } = useRequestNow(requestNo, initial).told;
  return (
    <Card title={t("thenAndNow")}>
      <ThenAndNow {...{ asked, now, currency }} isOpen={isReserving(status)} />
    </Card>
  );
}
