import "server-only";
import type { Socket } from "node:net";
import type { NotSentWhy } from "./gateway.ts";
import { connectTo } from "./http-connect.ts";
import { type Exchanged, exchangeOn } from "./http-exchange.ts";

export type SendOnce = {
  /** From `readGatewayUrl`: https, or http on this machine. */
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for GET. */
  readonly body: string;
  /** One timer over name look-up, connect, TLS, the gate, headers and body. */
  readonly deadlineMs: number;
  /** Asked once, after TLS stands and right before the write. A `false`, a throw or no answer in time closes the gate. */
  readonly mayWrite?: (() => Promise<boolean>) | undefined;
  readonly bodyBytesMax: number;
  readonly certificateAuthorityPem?: string | undefined;
};

/**
 * What became of one send. `not-sent` is proof, seen by this process, that no byte left; `lost` leaves everything open.
 * `isTls`: the other side proved its name by certificate.
 */
export type Sent =
  | (Exchanged & { readonly isTls: boolean })
  | { readonly kind: "not-sent"; readonly why: NotSentWhy };

/** The gate's answer, or what overtook it. Late answers and late failures of `mayWrite` are without effect. */
function askGate(
  mayWrite: () => Promise<boolean>,
  socket: Socket,
  signal: AbortSignal,
): Promise<"open" | NotSentWhy> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve("gate-closed"), { once: true });
    socket.once("close", () => resolve("unreachable"));
    const asked = (async () => mayWrite())();
    asked.then(
      (isOpen) => resolve(isOpen ? "open" : "gate-closed"),
      () => resolve("gate-closed"),
    );
  });
}

/**
 * The one way a byte leaves this house for a gateway: one fresh connection, one write, one answer. Never repeats, follows
 * no redirect, reuses no connection (a reset on a reused one cannot be told from a lost answer) and reads no proxy setting.
 * Resolves within `deadlineMs`, with the connection destroyed (the query lane counts its gap from there). Never rejects.
 * Source: money paper 2.4, security paper T17.
 */
export async function sendOnce(order: SendOnce): Promise<Sent> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), order.deadlineMs);
  const { signal } = deadline;
  try {
    const line = await connectTo({
      url: order.url,
      signal,
      certificateAuthorityPem: order.certificateAuthorityPem,
    });
    if (line.kind === "not-sent") return line;
    const { socket, isTls } = line;
    const gate = order.mayWrite === undefined ? "open" : await askGate(order.mayWrite, socket, signal);
    const why =
      gate === "open" && signal.aborted
        ? "gate-closed"
        : gate === "open" && socket.destroyed
          ? "unreachable"
          : gate;
    if (why !== "open") {
      socket.destroy();
      return { kind: "not-sent", why };
    }
    return { ...(await exchangeOn({ ...order, socket, signal })), isTls };
  } finally {
    clearTimeout(timer);
  }
}
