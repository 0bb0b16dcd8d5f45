import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Action } from "#components/forms/call-action.ts";
import { WithdrawButton } from "#components/requests/withdraw-button.tsx";
import { button } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { mayAskAgain } from "#lib/domain/request-state.ts";
import type { RequestShown } from "./request-shown.ts";

/** What its own person can do with a request now: answer a return, ask again, take it back. */
export function OwnRequestActions({ request, withdraw }: { request: RequestShown; withdraw: Action }) {
  const t = useTranslations("requests");
  const { requestNo, account, orderNo, state, timeZone, currency } = request;
  const again =
    state === "returned" ? "answer" : mayAskAgain(state) && request.nextNo === null ? "again" : null;
  const isOpen = state === "waiting" || state === "returned";
  if (!again && !isOpen) return null;
  return (
    <>
      {again ? (
        <Link href={paths.refundAgain(account, orderNo, requestNo)} className={button.primary}>
          {t(again)}
        </Link>
      ) : null}
      {isOpen ? <WithdrawButton {...{ requestNo, timeZone, currency, withdraw }} /> : null}
    </>
  );
}
