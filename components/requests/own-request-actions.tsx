"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Action } from "#components/forms/call-action.ts";
import { button } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { mayAskAgain } from "#lib/domain/request-state.ts";
import type { RequestShown } from "./request-shown.ts";
import { type RequestNow, useRequestNow } from "./use-request-now.ts";
import { WithdrawButton } from "./withdraw-button.tsx";

type Props = { request: RequestShown; initial: RequestNow; withdraw: Action };

/** What its own person can do with a request now: answer a return, ask again, take it back. */
export function OwnRequestActions({ request, initial, withdraw }: Props) {
  const t = useTranslations("requests");
  const { requestNo, account, orderNo, timeZone, currency } = request;
  const { state, nextNo } = useRequestNow(requestNo, initial).told;
  const again = state === "returned" ? "answer" : mayAskAgain(state) && nextNo === null ? "again" : null;
  const isOpen = state === "waiting" || state === "returned";
  return (
    <>
      {again ? (
        <Link
          href={paths.refundAgain(account, orderNo, requestNo)}
          prefetch={false}
          className={button.primary}
        >
          {t(again)}
        </Link>
      ) : null}
      {isOpen ? <WithdrawButton {...{ requestNo, timeZone, currency, withdraw }} /> : null}
    </>
  );
}
