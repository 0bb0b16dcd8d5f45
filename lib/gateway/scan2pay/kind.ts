import "server-only";
import type { GatewayKind } from "../gateway-kind.ts";
import { laneKeyOf } from "../lane-key.ts";
import { scan2payCapabilities } from "./capabilities.ts";
import { openScan2Pay } from "./client.ts";
import { openScan2PaySettings, readScan2PaySettings } from "./config.ts";
import { scan2payWalletName } from "./wallets.ts";

/** Scan2Pay (intella), Taiwan. */
export const scan2pay: GatewayKind = {
  id: "scan2pay",
  settingFields: [
    { name: "merchantId", kind: "text" },
    { name: "tradePassword", kind: "secret", words: "trade" },
    { name: "refundPassword", kind: "secret", words: "refund" },
    { name: "iv", kind: "secret" },
    { name: "publicKeyPem", kind: "pem" },
    { name: "partialRefund", kind: "flag" },
    { name: "url", kind: "text", start: "https://a.intella.co/allpaypass/api/general" },
  ],
  readSettings: readScan2PaySettings,
  capabilities: (config) => scan2payCapabilities(config.partialRefund === true),
  laneKey: ({ merchantId, url }) => laneKeyOf("scan2pay", merchantId, url),
  practice: ({ merchantId, url }) => ({ address: url, merchant: merchantId, refundService: "Refund" }),
  walletName: scan2payWalletName,
  // The expected reply is not published (section 5): a short text, and status 200.
  noticeReply: { contentType: "text/plain; charset=utf-8", body: "OK" },
  open: (settings) => openScan2Pay(openScan2PaySettings(settings), () => new Date()),
};
