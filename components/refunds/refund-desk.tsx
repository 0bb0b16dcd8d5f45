"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { type Action, callAction, reloadWhenBack } from "#components/forms/call-action.ts";
import { MaybeLost } from "#components/forms/maybe-lost.tsx";
import { useAnnounce } from "#components/ui/live-region.tsx";
import { card, classes, meanings } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { draftKey } from "./refund-draft.ts";
import { RefundForm, type RefundFormProps } from "./refund-form.tsx";
import type { RefundFields } from "./resolve-refund.ts";
import { useRefundDraft } from "./use-refund-draft.ts";

type Props = Omit<RefundFormProps, "here"> & {
  staffId: string;
  account: string;
  orderNo: string;
  /** The request this one follows; empty: none. */
  after: string;
  /** What stands in the form's place when nothing can be asked for now. */
  refused: ReactNode | null;
  send: Action;
};

/**
 * Where a refund is asked for: keeps the draft, sends it once, and finds out after a lost answer whether it arrived. That
 * is asked before anything else is shown, because the request itself may be why the form is closed now.
 */
export function RefundDesk({ staffId, account, orderNo, after, refused, send, ...form }: Props) {
  const t = useTranslations("refund");
  const router = useRouter();
  const announce = useAnnounce();
  const [isLost, setIsLost] = useState(false);
  const key = draftKey(staffId, { account, orderNo, after });
  const draft = useRefundDraft({ key, staffId });
  const order = paths.order(account, orderNo);
  useEffect(() => {
    if (draft.state !== "arrived") return;
    announce(t("arrived"));
    router.replace(order);
  }, [draft.state, announce, router, order, t]);
  async function onSend(fields: RefundFields) {
    const previousNo = after === "" ? {} : { previousNo: after };
    const input = { account, orderNo, clientRequestId: draft.requestId(), ...previousNo, ...fields };
    const answer = await callAction(send, input);
    if (answer === "lost") {
      draft.keep(fields, true);
      setIsLost(true);
      void reloadWhenBack();
      return null;
    }
    if (!answer.ok) return answer.refusal ?? { why: "title" };
    draft.drop();
    if (answer.path === "sent") announce(t("sentAtOnce"));
    router.replace(order);
    router.refresh();
    return null;
  }
  if (isLost) return <MaybeLost what="request" />;
  if (draft.state === "checking" || draft.state === "arrived")
    return (
      <p role="status" className={classes(card, "font-semibold")}>
        {t(draft.state)}
      </p>
    );
  if (refused) return refused;
  const start = draft.kept ? { ...form.start, ...pick(draft.kept) } : form.start;
  const here = after === "" ? paths.refundForm(account, orderNo) : paths.refundAgain(account, orderNo, after);
  return (
    <>
      {draft.state === "notArrived" ? (
        <p role="status" className={classes("rounded-lg border p-4 font-semibold", meanings.wait)}>
          {t("notArrived")}
        </p>
      ) : null}
      <RefundForm
        key={draft.kept ? "kept" : "new"}
        {...form}
        start={start}
        here={here}
        onChange={draft.keep}
        onSend={onSend}
      />
    </>
  );
}

const pick = ({ amount, reason, note }: RefundFields): RefundFields => ({ amount, reason, note });
