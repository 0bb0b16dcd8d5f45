import type { ReactNode } from "react";
import { describe, expect, test } from "vitest";
import { MoneyStepText } from "#components/orders/money-step-text.tsx";
import { VerdictCard } from "#components/orders/verdict-card.tsx";
import { moneyStepOf } from "#lib/domain/money-step.ts";
import { stateAfterSend } from "#lib/domain/recovery/send-answer.ts";
import { gatewayVerdict } from "#lib/domain/verdict.ts";
import { type Locale, locales } from "#lib/i18n/locales.ts";
import { messages, saidIn } from "#test/said-in.tsx";
import { cancelCodes, ksherCode, ksherOrderState, orderStates } from "./status-codes.ts";

/** What staff read, from the code on the wire through our rules and the components of the order's page. */
const now = new Date("2026-03-02T06:00:00Z");

function paragraphs(locale: Locale, shown: ReactNode): string[] {
  const html = saidIn(locale, shown, "Asia/Bangkok");
  return [...html.matchAll(/<p[^>]*>(.*?)<\/p>/g)].map(([, text = ""]) => text.replace(/<[^>]+>/g, ""));
}

/** The sentences of a cancel that was answered with a code; 0: it was taken, and a query confirmed it. */
function ofCancel(locale: Locale, code: number): string[] {
  const verdict = ksherCode("cancel_order", code);
  const answer =
    verdict.kind === "declined"
      ? ({ outcome: "declined", reason: verdict.reason } as const)
      : ({ outcome: "unknown", why: verdict.why } as const);
  const { to, why } = code === 0 ? { to: "SUCCEEDED" as const, why: "confirmed" } : stateAfterSend(answer);
  const times = { createdAt: now, lastSentAt: now, lastAskedAt: null, nextAskAt: null, settledAt: now };
  const op = { kind: "CANCEL", amountMinor: 15_050, merchantNo: "C1", ...times, state: to, why } as const;
  const step = moneyStepOf({ requests: [], ops: [op], now });
  if (!step) throw new Error("a cancel is a step of the order's money");
  const props = { currency: "THB", timeZone: "Asia/Bangkok", serverNow: now.toISOString() } as const;
  return paragraphs(locale, <MoneyStepText step={step} {...props} />);
}

/** The word and the hint of a query's result; null: it names no state. */
function ofQuery(locale: Locale, result: string, hasPayment: boolean): string[] {
  const state = ksherOrderState(result, hasPayment);
  const verdict = state === null ? "unknown" : gatewayVerdict(state);
  return paragraphs(locale, <VerdictCard verdict={verdict} money={null} asOf="" />).slice(0, 2);
}

const isSentence = (text: string) =>
  /[\p{L}]{2}/u.test(text) && !/Refusal|verdict\.|staffMessages/.test(text);

describe.each(locales)("in %s", (locale) => {
  const codes = [0, ...Object.keys(cancelCodes).map(Number)];

  test("scenario 21a: every cancel code of the table shows a sentence of its own, never a code and never the stand-in", () => {
    const standIn = messages[locale].cancelRefusal.other;
    const shown = codes.map((code) => ofCancel(locale, code).filter(isSentence));
    const own = shown.map((sentences) => sentences.at(-1) ?? "");
    expect(codes).toHaveLength(7);
    expect(new Set(own).size).toBe(codes.length);
    for (const [at, sentences] of shown.entries()) {
      expect(sentences.length, `code ${codes[at]}`).toBe(codes[at] === 0 ? 1 : 2);
      expect(sentences).not.toContain(standIn);
      expect(sentences.join(" ")).not.toMatch(
        /-\d|already-paid|cancel-failed|not-found|credentials|configuration/,
      );
    }
  });

  test("a code that nobody knows shows that we do not know, and no reason", () => {
    expect(ofCancel(locale, -7)).toEqual([messages[locale].staffMessages.cancel.unconfirmed]);
  });

  test("scenario 13: every state of a query shows its word and what to do, FAIL that we do not know; different states, different words", () => {
    const results = [...Object.keys(orderStates), "NOTSURE", "FAIL"];
    const shown = results.map((result) => ofQuery(locale, result, false));
    for (const [at, sentences] of shown.entries()) {
      expect(sentences.filter(isSentence), results[at]).toHaveLength(2);
      expect(sentences.join(" ")).not.toContain(results[at]);
    }
    const verdicts = results.map((result) => gatewayVerdict(ksherOrderState(result, false) ?? "unsure"));
    expect(new Set(shown.map((one) => one.join(" "))).size).toBe(new Set(verdicts).size);
    const { unknown, waiting, notPaid } = messages[locale].verdict;
    expect(ofQuery(locale, "FAIL", true)[0]).toBe(unknown.word);
    expect(ofQuery(locale, "FAIL", false)[0]).not.toBe(notPaid.word);
    expect(ofQuery(locale, "NOTSURE", true)[0]).toBe(unknown.word);
    expect(ofQuery(locale, "NOTSURE", false)[0]).toBe(waiting.word);
  });
});
