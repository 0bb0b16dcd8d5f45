import "server-only";
import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  inside.addSubnet(net, bits, "ipv4");
}
inside.addAddress("::", "ipv6");
inside.addSubnet("fc00::", 7, "ipv6");
inside.addSubnet("fe80::", 10, "ipv6");

/** The host of a URL as sockets want it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

function isListed(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? "ipv6" : "ipv4");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || isListed(loopback, host);
}

/** Whether an address that a gateway's name led to is one where no payment company lives: a resolver may lie (T18). */
export function leadsInside(address: string): boolean {
  return isListed(loopback, address) || isListed(inside, address);
}

/** Why a URL cannot be a gateway's address; plain sentences for the operator. */
export type GatewayUrl =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly message: string };

/**
 * Reads a gateway's address. `https:` everywhere, `http:` for loopback only (simulators); no user name, no fragment,
 * and no private or link-local IP address, where no payment company lives (security paper, T17 and T18).
 */
export function readGatewayUrl(text: string): GatewayUrl {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return { ok: false, message: "is not a URL" };
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return { ok: false, message: "must start with https://" };
  if (url.username !== "" || url.password !== "")
    return { ok: false, message: "must not hold a user name or password" };
  if (url.hash !== "") return { ok: false, message: "must not hold a # part" };
  const host = hostOf(url);
  if (isLoopback(host)) return { ok: true, url };
  if (url.protocol === "http:")
    return { ok: false, message: "must start with https:// (http:// is for this machine only)" };
  if (isListed(inside, host)) return { ok: false, message: "must not be a private or link-local address" };
  return { ok: true, url };
}
