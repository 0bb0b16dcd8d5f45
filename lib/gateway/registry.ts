import "server-only";
import type { GatewayId } from "#lib/domain/gateway-id.ts";
import type { GatewayKind } from "./gateway-kind.ts";
import { ksher } from "./ksher/kind.ts";
import { scan2pay } from "./scan2pay/kind.ts";

const kinds: Record<GatewayId, GatewayKind> = { scan2pay, ksher };

/** The kind behind a gateway id. */
export function gatewayKind(id: GatewayId): GatewayKind {
  return kinds[id];
}
