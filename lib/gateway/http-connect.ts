import "server-only";
import dns from "node:dns";
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { NotSentWhy } from "./gateway.ts";
import { hostOf, leadsInside } from "./gateway-url.ts";

/** A standing connection nothing was written to, or the proof that there is none. */
export type Connected =
  | { readonly kind: "connected"; readonly socket: Socket; readonly isTls: boolean }
  | { readonly kind: "not-sent"; readonly why: NotSentWhy };

export type ConnectTo = {
  readonly url: URL;
  /** Ends the attempt: the total deadline. */
  readonly signal: AbortSignal;
  /** A certificate authority to trust instead of the system's; for tests and private gateways. */
  readonly certificateAuthorityPem?: string | undefined;
};

/** Resolves to null once `event` came, or to what ended the socket before. Leaves no listener that could throw later. */
function stands(
  socket: Socket,
  event: "connect" | "secureConnect",
  signal: AbortSignal,
): Promise<{ readonly code: string } | null> {
  return new Promise((resolve) => {
    const end = (code: string) => {
      socket.destroy();
      resolve({ code });
    };
    if (signal.aborted) end("DEADLINE");
    signal.addEventListener("abort", () => end("DEADLINE"), { once: true });
    socket.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? ""));
    socket.once("close", () => end("CLOSED"));
    socket.once(event, () => resolve(null));
  });
}

/** Looks a gateway's name up; one that leads to this machine or a private network is as good as none (security paper T18). */
const lookUpOutside: LookupFunction = (name, options, done) => {
  dns.lookup(name, { ...options, all: true }, (error, found) => {
    const outside = error ? [] : found.filter(({ address }) => name === "localhost" || !leadsInside(address));
    const [first] = outside;
    if (error || !first)
      done(error ?? Object.assign(new Error("leads inside"), { code: "ENOTFOUND" }), "", 0);
    else if (options.all) done(null, outside);
    else done(null, first.address, first.family);
  });
};

function whyNoTcp(code: string, wasLookedUp: boolean): NotSentWhy {
  if (code === "ECONNREFUSED") return "refused";
  return wasLookedUp ? "unreachable" : "dns";
}

/**
 * A fresh connection, TCP and then TLS (certificate verified, 1.2 or newer). Whatever fails here is proof that no byte of
 * the request left (money paper 2.4): a name that does not resolve or leads to a private network, a refused or unreachable
 * host, a bad certificate, a deadline that passes first. Proxies named in the environment are not used: one that repeats
 * requests would break money's fifth assumption.
 */
export async function connectTo({ url, signal, certificateAuthorityPem }: ConnectTo): Promise<Connected> {
  const host = hostOf(url);
  const isTls = url.protocol === "https:";
  const port = Number(url.port) || (isTls ? 443 : 80);
  const plain = connectTcp({ host, port, lookup: lookUpOutside });
  let wasLookedUp = isIP(host) !== 0;
  plain.once("lookup", (error) => {
    wasLookedUp = error === null || error === undefined;
  });
  const noTcp = await stands(plain, "connect", signal);
  if (noTcp !== null) return { kind: "not-sent", why: whyNoTcp(noTcp.code, wasLookedUp) };
  plain.setNoDelay(true);
  if (!isTls) return { kind: "connected", socket: plain, isTls };

  const secure = connectTls({
    socket: plain,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
    ALPNProtocols: ["http/1.1"],
    ...(certificateAuthorityPem === undefined ? {} : { ca: certificateAuthorityPem }),
  });
  const noTls = await stands(secure, "secureConnect", signal);
  if (noTls !== null) {
    plain.destroy();
    return { kind: "not-sent", why: "tls" };
  }
  return { kind: "connected", socket: secure, isTls };
}
