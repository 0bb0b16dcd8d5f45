import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../state/faults.ts";

/** The answer on its way out. */
export type Parcel = {
  readonly body: string;
  readonly fault: Fault | undefined;
  /** Aborted when the caller leaves or the simulator closes. */
  readonly over: AbortSignal;
};

const contentType = { "content-type": "application/json;charset=UTF-8" };
const hugeBytes = 67_108_864;

/** Waits in real time, or until it is over. */
export async function wait(delayMs: number, over: AbortSignal): Promise<void> {
  if (delayMs > 0) await sleep(delayMs, null, { signal: over }).catch(() => null);
}

/** Follows a call to its end, and says when waiting for it makes no sense any more. */
export function watchCall(
  answer: ServerResponse,
  closing: AbortSignal,
  end: (isAborted: boolean) => void,
): AbortSignal {
  const left = new AbortController();
  const close = () => {
    end(true);
    left.abort();
  };
  answer.once("finish", () => end(false));
  answer.once("close", close);
  if (answer.closed || answer.destroyed) close();
  return AbortSignal.any([left.signal, closing]);
}

export function sendBody(answer: ServerResponse, body: string): void {
  answer.writeHead(200, contentType).end(body);
}

/** Sends the answer, or what the fault makes of it. */
export async function deliver(answer: ServerResponse, { body, fault, over }: Parcel): Promise<void> {
  switch (fault?.kind) {
    case "lost-before-effect":
    case "lost-after-effect":
      answer.destroy();
      return;
    case "http-status":
      answer.writeHead(fault.status ?? 500, { "content-type": "text/html" }).end("<html>trouble</html>");
      return;
    case "redirect":
      answer.writeHead(302, { location: "/elsewhere" }).end();
      return;
    case "bare-code":
      return sendBody(answer, fault.code ?? "9995");
    case "garbage":
      return sendBody(answer, randomBytes(200).toString("latin1"));
    case "empty":
      return sendBody(answer, "");
    case "truncated":
      return sendBody(answer, body.slice(0, -30));
    case "huge":
      return sendHuge(answer, fault.bytes ?? hugeBytes, over);
    case "slow-bytes":
      return sendSlowly(answer, body, { bytesPerSecond: fault.bytesPerSecond ?? 1, over });
    default:
      return sendBody(answer, body);
  }
}

/** A body that does not stop, sent only as fast as it is taken. */
async function sendHuge(answer: ServerResponse, bytes: number, over: AbortSignal): Promise<void> {
  answer.writeHead(200, contentType);
  const chunk = Buffer.alloc(65_536, "x");
  for (let left = bytes; left > 0 && !over.aborted; left -= chunk.length) {
    const isTaken = answer.write(chunk.subarray(0, Math.min(left, chunk.length)));
    if (!isTaken) await once(answer, "drain", { signal: over }).catch(() => null);
  }
  if (!over.aborted) answer.end();
}

async function sendSlowly(
  answer: ServerResponse,
  body: string,
  { bytesPerSecond, over }: { bytesPerSecond: number; over: AbortSignal },
): Promise<void> {
  answer.writeHead(200, contentType);
  for (const byte of Buffer.from(body)) {
    if (over.aborted) return;
    answer.write(Buffer.of(byte));
    await wait(1_000 / bytesPerSecond, over);
  }
  answer.end();
}
