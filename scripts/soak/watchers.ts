import { setTimeout as sleep } from "node:timers/promises";
import { limits } from "#lib/domain/limits.ts";
import type { Teller } from "#test/teller.ts";

/** Somebody with an open order page: asks its status address at the page's own pace until told to stop. */
export type Watch = { readonly address: string; readonly teller: Teller };

/**
 * A person at a page does something now and then; left alone for long its screen locks (lib/domain/session-limits.ts).
 * People do so each at a time of their own, so that it is not a crowd of its own every five minutes.
 */
const actEveryMs = 5 * 60_000;
/** By this share of the five minutes each is later than the one before: neighbours, who look right after each other, do not act together. */
const golden = 0.618034;

/**
 * Runs all watches side by side, their looks spread over one interval and kept so: browsers do not fall into step where
 * this one process is late for a moment. Answers come one after another for each, as in a page.
 */
export async function keepWatching(watches: readonly Watch[], signal: AbortSignal) {
  const failed: string[] = [];
  const answers: { readonly sinceMs: number; readonly tookMs: number }[] = [];
  const startedMs = performance.now();
  async function look({ address, teller }: Watch): Promise<void> {
    const began = performance.now();
    try {
      const answer = await teller.get(address);
      await answer.text();
      const tookMs = performance.now() - began;
      if (answer.status === 200) answers.push({ sinceMs: began - startedMs, tookMs });
      else failed.push(`${answer.status} ${address}`);
    } catch (error) {
      failed.push(`${error} ${address}`);
    }
  }
  const act = ({ address, teller }: Watch) =>
    teller.get(new URL("/", address).href).then(
      (page) => page.text(),
      () => "",
    );
  await Promise.all(
    watches.map(async (watch, index) => {
      let next = startedMs + (limits.statusPollMs * index) / watches.length;
      let actedMs = performance.now() - actEveryMs * ((index * golden) % 1);
      for (;;) {
        await sleep(Math.max(0, next - performance.now()), undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        if (performance.now() - actedMs >= actEveryMs) {
          actedMs = performance.now();
          await act(watch);
        }
        await look(watch);
        while (next <= performance.now()) next += limits.statusPollMs;
      }
    }),
  );
  const sorted = answers.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  return {
    answered: answers.length,
    /** When each began, from the first look on, and how long it took. */
    answers,
    failed,
    p95Ms: Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0),
  };
}
