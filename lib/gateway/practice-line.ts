import "server-only";
import type { PracticeStep } from "#lib/domain/practice.ts";
import { readGatewayUrl } from "./gateway-url.ts";
import { sendOnce } from "./http.ts";

/** What a drill knows of an account's simulator beside what it knows of any gateway. */
export type Practice = {
  /** An address of the account's, as its settings have it. */
  readonly address: unknown;
  readonly merchant: unknown;
  /** What the gateway calls the request that gives money back. */
  readonly refundService: string;
};

/** The control side of a simulator. Every answer is JSON of the simulator's own; null: it gave none, or refused. */
export type PracticeLine = {
  readonly merchant: string;
  readonly refundService: string;
  ask(path: string): Promise<unknown>;
  steer(step: PracticeStep): Promise<unknown>;
};

const deadlineMs = 5_000;
const answerBytesMax = 8 * 1024 * 1024;

/**
 * Opens a line to the control side of the simulator behind an account's address. Null for an address that is not on this
 * machine: a payment company has no such side, and nothing is sent there.
 */
export function openPractice({ address, merchant, refundService }: Practice): PracticeLine | null {
  const read = readGatewayUrl(String(address));
  // Without TLS it is read for this machine only.
  if (!read.ok || read.url.protocol !== "http:") return null;
  const { origin } = read.url;
  const send = async (method: "GET" | "POST", path: string, body: string): Promise<unknown> => {
    const sent = await sendOnce({
      ...{ url: new URL(`/_control/${path}`, origin), method, body, deadlineMs },
      headers: { "content-type": "application/json" },
      bodyBytesMax: answerBytesMax,
    });
    if (sent.kind !== "answer" || sent.status !== 200) return null;
    return JSON.parse(sent.body.toString("utf8"));
  };
  return {
    ...{ merchant: String(merchant), refundService },
    ask: (path) => send("GET", path, ""),
    steer: ({ path, body }) => send("POST", path, JSON.stringify(body)),
  };
}
