import "server-only";
import type { GatewayKind } from "../gateway-kind.ts";
import { scan2payCapabilities, scan2payClient } from "./client.ts";
import { openScan2PaySettings, readScan2PaySettings } from "./config.ts";

/** Scan2Pay (Intella, Taiwan). */
export const scan2pay: GatewayKind = {
  id: "scan2pay",
  readSettings: readScan2PaySettings,
  capabilities: (config) => scan2payCapabilities({ canRefundPart: config.partialRefund === true }),
  open: (settings) => scan2payClient({ account: openScan2PaySettings(settings), now: () => new Date() }),
};
