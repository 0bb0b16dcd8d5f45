import "server-only";
import type { Result } from "./domain/result.ts";

/** What is measured as one span; where the tracer is off, nothing of it is done. */
export type SpanName =
  | "action"
  | "request-refund"
  | "approve-refund"
  | "cancel-order"
  | "put-in-line"
  | "clerk"
  | "send"
  | "settle"
  | "gateway"
  | "lane wait"
  | "transaction";

/** All that a span may say: names of ours, words of closed sets, codes. Never an order number, a person, a key or what was sent. */
export type SpanNotes = Partial<
  Record<
    "account" | "code" | "gateway" | "job" | "op" | "outcome" | "request" | "service" | "state" | "why",
    string
  > & { httpStatus: number }
>;

export type NoteOnSpan = (more: SpanNotes) => void;

/** What makes the spans where traces are on (lib/telemetry); nothing else here knows how. */
export type SpanMaker = {
  /** Runs `work` as a span; a throw marks it by the error's name alone and goes on. */
  span<T>(name: SpanName, notes: SpanNotes, work: (note: NoteOnSpan) => Promise<T>): Promise<T>;
  /** Names of the span that is open, for the lines of the log. */
  ids(): { readonly trace_id: string; readonly span_id: string } | null;
};

const key = Symbol.for("storedesk.spans");
type Holder = { [key]?: SpanMaker | undefined };

/** From now on spans are made so; undefined: not at all. */
export function makeSpansBy(maker: SpanMaker | undefined): void {
  (globalThis as Holder)[key] = maker;
}

const noteNothing: NoteOnSpan = () => undefined;

/** Runs `work`, as a span where traces are on. */
export function inSpan<T>(
  name: SpanName,
  notes: SpanNotes,
  work: (note: NoteOnSpan) => Promise<T>,
): Promise<T> {
  const maker = (globalThis as Holder)[key];
  return maker ? maker.span(name, notes, work) : work(noteNothing);
}

/** What a person does to money, as a span: done or refused, and why. */
export function inDeedSpan<T, R extends { readonly why: string }>(
  name: SpanName,
  deed: () => Promise<Result<T, R>>,
): Promise<Result<T, R>> {
  return inSpan(name, {}, async (note) => {
    const answer = await deed();
    note(answer.ok ? { outcome: "done" } : { outcome: "refused", why: answer.refusal.why });
    return answer;
  });
}

/** The open span's names; null where traces are off or none is open. */
export function spanIds(): ReturnType<SpanMaker["ids"]> {
  return (globalThis as Holder)[key]?.ids() ?? null;
}
