import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { limits } from "#lib/domain/limits.ts";
import { patienceMs, type Teller } from "#test/teller.ts";

/** Somebody with an open order page: asks its status address at the page's own pace until told to stop. */
export type Watch = { readonly address: string; readonly teller: Teller };

const connections = new Agent({ keepAlive: true, timeout: patienceMs });

/**
 * Asks and reads to the end; nothing is kept but the status. By `fetch` each answer left so much behind that this process
 * stood still for 17 ms once a second to collect it, and the pages' times had that in them.
 */
function ask(address: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((done, fail) => {
    const asking = get(address, { agent: connections, headers }, (answer) => {
      answer.once("end", () => done(answer.statusCode ?? 0)).once("error", fail);
      answer.resume();
    });
    asking.once("error", fail).once("timeout", () => asking.destroy(new Error("no answer in time")));
  });
}

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
  /** How long it took in ms; null where it was not answered as it should be. */
  async function timed(address: string, headers: Readonly<Record<string, string>>): Promise<number | null> {
    const began = performance.now();
    const status = await ask(address, headers).catch((error: unknown) => String(error));
    if (status === 200) return performance.now() - began;
    failed.push(`${status} ${address}`);
    return null;
  }
  async function look({ address, teller: { cookie } }: Watch): Promise<void> {
    const sinceMs = performance.now() - startedMs;
    const tookMs = await timed(address, { cookie });
    if (tookMs !== null) answers.push({ sinceMs, tookMs });
  }
  /** They go to the first page by a link, as people do who are in: the page's content alone is asked for. */
  const act = ({ address, teller: { cookie } }: Watch) =>
    timed(new URL("/?_rsc", address).href, { cookie, rsc: "1" });
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
