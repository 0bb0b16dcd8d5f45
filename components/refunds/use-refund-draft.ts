"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { paths } from "#lib/domain/paths.ts";
import { dropDraft, keepDraft, type RefundDraft, readDraft } from "./refund-draft.ts";

type Where = { key: string; staffId: string };
type Fields = Pick<RefundDraft, "amount" | "reason" | "note">;

/** `checking`: a form whose answer was lost asks whether its request arrived. */
export type DraftState = "reading" | "checking" | "arrived" | "notArrived" | "open";

/** Asks until the server answers; null: no such request. */
async function findArrived(clientRequestId: string): Promise<string | null> {
  for (;;) {
    const answer = await fetch(paths.sentRequest(clientRequestId), { cache: "no-store" }).catch(() => null);
    if (answer?.ok) return (await answer.json()).requestNo;
    if (answer?.status === 404) return null;
    // Signed out meanwhile: the page leads to the sign-in page and back, and asks again.
    if (answer?.status === 401) window.location.reload();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
}

/**
 * The draft of a refund form across reloads, lost answers and the end of a session: what was typed, and the id that makes
 * a second try the same request.
 */
export function useRefundDraft({ key, staffId }: Where) {
  const id = useRef("");
  const [state, setState] = useState<DraftState>("reading");
  const [kept, setKept] = useState<Fields | null>(null);
  useEffect(() => {
    const draft = readDraft(key, staffId);
    id.current = draft?.clientRequestId ?? crypto.randomUUID();
    setKept(draft);
    if (!draft?.isSent) return setState("open");
    setState("checking");
    let isGone = false;
    void findArrived(draft.clientRequestId).then((requestNo) => {
      if (isGone) return;
      if (requestNo) dropDraft(key);
      else keepDraft(key, { ...draft, isSent: false });
      setState(requestNo ? "arrived" : "notArrived");
    });
    return () => {
      isGone = true;
    };
  }, [key, staffId]);
  const keep = useCallback(
    (fields: Fields, isSent = false) => {
      if (id.current) keepDraft(key, { ...fields, clientRequestId: id.current, isSent });
    },
    [key],
  );
  const drop = useCallback(() => dropDraft(key), [key]);
  const requestId = useCallback(() => id.current, []);
  return { state, kept, keep, drop, requestId };
}
