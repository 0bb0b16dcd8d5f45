import "server-only";
import type { GatewayKind } from "../gateway-kind.ts";
import { laneKeyOf } from "../lane-key.ts";
import { ksherCapabilities } from "./capabilities.ts";
import { openKsher } from "./client.ts";
import { openKsherSettings, readKsherSettings } from "./config.ts";
import { ksherWalletName } from "./wallets.ts";

/** Ksher Gateway Pay, Thailand. */
export const ksher: GatewayKind = {
  id: "ksher",
  settingFields: [
    { name: "appId", kind: "text" },
    { name: "merchantPrivateKeyPem", kind: "secretPem" },
    { name: "platformPublicKeyPem", kind: "pem" },
    { name: "signVersion", kind: "choice", choices: ["V1", "V2"], start: "V1" },
    { name: "partialRefund", kind: "flag", start: "yes" },
    { name: "gatewayUrl", kind: "text", start: "https://gateway.ksher.com/api" },
    { name: "payUrl", kind: "text", start: "https://api.mch.ksher.net/KsherPay" },
  ],
  readSettings: readKsherSettings,
  capabilities: (config) => ksherCapabilities(config.partialRefund !== false),
  laneKey: ({ appId, gatewayUrl }) => laneKeyOf("ksher", appId, gatewayUrl),
  practice: ({ appId, gatewayUrl }) => ({
    ...{ address: gatewayUrl, merchant: appId, refundService: "order_refund" },
  }),
  walletName: ksherWalletName,
  noticeReply: { contentType: "application/json", body: '{"result":"SUCCESS","msg":"OK"}' },
  open: (settings) => openKsher(openKsherSettings(settings), () => new Date()),
};
