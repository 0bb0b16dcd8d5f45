import "server-only";
import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** What one written request brought back. From the first byte on there is no proof that it did not arrive. */
export type Exchanged =
  | { readonly kind: "answer"; readonly status: number; readonly body: Buffer }
  | { readonly kind: "lost"; readonly why: LostWhy; readonly status: number | null };

/** `encoded`: the answer is compressed though we asked for it plain; it is not unpacked (a small body could grow without end). */
export type LostWhy = "timeout" | "connection-lost" | "too-large" | "encoded";

export type WriteOn = {
  readonly socket: Socket;
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bodyBytesMax: number;
  readonly signal: AbortSignal;
};

function isPlain(response: IncomingMessage): boolean {
  return (response.headers["content-encoding"] ?? "identity").trim().toLowerCase() === "identity";
}

/** Reads a body up to its cap and settles once; a body cut short by the other side is a lost answer, not a short one. */
function readBody(
  response: IncomingMessage,
  bodyBytesMax: number,
  settle: (exchanged: Exchanged) => void,
): void {
  const status = response.statusCode ?? 0;
  const lose = (why: LostWhy) => settle({ kind: "lost", why, status });
  const chunks: Buffer[] = [];
  let bodyBytes = 0;
  response.on("data", (chunk: Buffer) => {
    bodyBytes += chunk.length;
    if (bodyBytes > bodyBytesMax) lose("too-large");
    else chunks.push(chunk);
  });
  response.once("end", () => settle({ kind: "answer", status, body: Buffer.concat(chunks) }));
  response.once("error", () => lose("connection-lost"));
  response.once("close", () => lose("connection-lost"));
  if (!isPlain(response)) lose("encoded");
  else if (Number(response.headers["content-length"]) > bodyBytesMax) lose("too-large");
}

/**
 * Writes one request on a standing connection and reads its answer: no redirect is followed, nothing is repeated, nothing is
 * unpacked. Resolves once, with the socket destroyed.
 */
export function exchangeOn({
  socket,
  url,
  method,
  headers,
  body,
  bodyBytesMax,
  signal,
}: WriteOn): Promise<Exchanged> {
  return new Promise((resolve) => {
    const request = httpRequest({
      createConnection: () => socket,
      method,
      path: `${url.pathname}${url.search}`,
      setHost: false,
      headers: {
        ...headers,
        Host: url.host,
        "Accept-Encoding": "identity",
        Connection: "close",
        ...(method === "POST" ? { "Content-Length": String(Buffer.byteLength(body)) } : {}),
      },
    });
    let status: number | null = null;
    const settle = (exchanged: Exchanged) => {
      request.destroy();
      socket.destroy();
      resolve(exchanged);
    };
    signal.addEventListener("abort", () => settle({ kind: "lost", why: "timeout", status }), { once: true });
    request.on("error", () => settle({ kind: "lost", why: "connection-lost", status }));
    request.once("close", () => {
      // With an answer on its way the body has the word: a body that ends with the connection is whole.
      if (status === null) settle({ kind: "lost", why: "connection-lost", status });
    });
    request.once("response", (response) => {
      status = response.statusCode ?? null;
      readBody(response, bodyBytesMax, settle);
    });
    request.end(body);
  });
}
