import "server-only";
import type { GatewayId } from "#lib/domain/gateway-id.ts";

/** A merchant at the host of a gateway's address, as one text. The migration of old accounts writes the same. */
export function laneKeyOf(gateway: GatewayId, merchant: unknown, url: unknown): string {
  const host = typeof url === "string" && URL.canParse(url) ? new URL(url).host : "";
  return `${gateway} ${String(merchant)} ${host}`;
}
