import { z } from "zod";

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

/**
 * The address of a caller as the proxy before us wrote it: the last of the list, for what stands before it the caller wrote
 * themselves. Of IPv6 the network of one customer (/64), for within it anybody has addresses without end. Null: there is none.
 */
export function callerAddress(header: string | null): string | null {
  const last = (header ?? "").split(",").at(-1)?.trim() ?? "";
  const plain = last.replace(/^::ffff:(?=\d+\.)/i, "");
  if (ipv4.safeParse(plain).success) return plain;
  if (!ipv6.safeParse(plain).success) return null;
  const [front = "", back] = plain.toLowerCase().split("::");
  const head = front === "" ? [] : front.split(":");
  const tail = back === undefined || back === "" ? [] : back.split(":");
  const zeros = back === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array.from({ length: zeros }, () => "0"), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
