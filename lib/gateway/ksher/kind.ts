import "server-only";
import type { GatewayKind } from "../gateway-kind.ts";
import { ksherCapabilities } from "./capabilities.ts";
import { openKsher } from "./client.ts";
import { openKsherSettings, readKsherSettings } from "./config.ts";
import { ksherWalletName } from "./wallets.ts";

/** Ksher Gateway Pay, Thailand. */
export const ksher: GatewayKind = {
  id: "ksher",
  readSettings: readKsherSettings,
  capabilities: (config) => ksherCapabilities(config.partialRefund !== false),
  walletName: ksherWalletName,
  noticeReply: { contentType: "application/json", body: '{"result":"SUCCESS","msg":"OK"}' },
  open: (settings) => openKsher(openKsherSettings(settings), () => new Date()),
};
