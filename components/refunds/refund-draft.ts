/** A refund form as it is being filled in; stays in its tab until it was sent. */
export type RefundDraft = {
  /** Made when the form opened: whatever happens on the way, the same id is the same request. */
  readonly clientRequestId: string;
  /** It was sent and no answer came: only the books know whether it arrived. */
  readonly isSent: boolean;
  readonly amount: string;
  readonly reason: string;
  readonly note: string;
};

const prefix = "refund-draft:";

/** Where a draft is kept: by person, so that nobody finds another's; by order and by the request it answers. */
export function draftKey(staffId: string, form: { account: string; orderNo: string; after: string }): string {
  return `${prefix}${staffId}:${form.account}/${form.orderNo}/${form.after}`;
}

/** What this tab kept; drafts of other people on this device are thrown away on the way. */
export function readDraft(key: string, staffId: string): RefundDraft | null {
  const others = Object.keys(sessionStorage).filter(
    (name) => name.startsWith(prefix) && !name.startsWith(`${prefix}${staffId}:`),
  );
  for (const name of others) sessionStorage.removeItem(name);
  const text = sessionStorage.getItem(key);
  return text === null ? null : parseDraft(text);
}

/** Text that anything in this browser may have written. */
export function parseDraft(text: string): RefundDraft | null {
  try {
    const value: unknown = JSON.parse(text);
    const names = ["clientRequestId", "amount", "reason", "note"] as const;
    if (typeof value !== "object" || value === null) return null;
    const [clientRequestId, amount, reason, note] = names.map((name) => Reflect.get(value, name));
    const isText = [clientRequestId, amount, reason, note].every((part) => typeof part === "string");
    return isText
      ? { clientRequestId, amount, reason, note, isSent: Reflect.get(value, "isSent") === true }
      : null;
  } catch {
    return null;
  }
}

export function keepDraft(key: string, draft: RefundDraft): void {
  sessionStorage.setItem(key, JSON.stringify(draft));
}

export function dropDraft(key: string): void {
  sessionStorage.removeItem(key);
}
