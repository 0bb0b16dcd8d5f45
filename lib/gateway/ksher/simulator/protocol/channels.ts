type Channel = {
  readonly code: string;
  readonly name: string;
  /** A QR code that a payer may keep and pay later, even after a cancel. */
  readonly hasQr?: true;
  readonly isCard?: true;
  /** First digits of ksher_order_no: 600, 700 and 900 were seen (6.2). */
  readonly prefix: string;
};

/** Section 6.1, the old names included. */
export const channels: readonly Channel[] = [
  { code: "promptpay", name: "PromptPay", hasQr: true, prefix: "900" },
  { code: "truemoney", name: "TrueMoney", hasQr: true, prefix: "900" },
  { code: "linepay", name: "LINE Pay", hasQr: true, prefix: "900" },
  { code: "airpay", name: "ShopeePay", hasQr: true, prefix: "900" },
  { code: "alipay", name: "Alipay", hasQr: true, prefix: "700" },
  { code: "wechat", name: "WeChat Pay", hasQr: true, prefix: "700" },
  { code: "alipayplus", name: "Alipay+", hasQr: true, prefix: "700" },
  { code: "card", name: "Card", isCard: true, prefix: "600" },
  { code: "atome", name: "Atome", prefix: "900" },
  { code: "scb_easy", name: "SCB Easy", prefix: "900" },
  { code: "bbl_deeplink", name: "Bangkok Bank", prefix: "900" },
  { code: "baybank_deeplink", name: "Krungsri", prefix: "900" },
  { code: "kplus", name: "K PLUS", prefix: "900" },
  { code: "ktc_instal", name: "KTC instalments", isCard: true, prefix: "600" },
  { code: "kbank_instal", name: "KBank instalments", isCard: true, prefix: "600" },
  { code: "kfc_instal", name: "Krungsri instalments", isCard: true, prefix: "600" },
  { code: "kcc_instal", name: "Central instalments", isCard: true, prefix: "600" },
  { code: "ktbcard", name: "Card (KTB)", isCard: true, prefix: "600" },
  { code: "ktccard", name: "Card (KTC)", isCard: true, prefix: "600" },
  { code: "bbl_promptpay", name: "PromptPay (BBL)", hasQr: true, prefix: "900" },
  { code: "scb_qrcard", name: "QR card (SCB)", hasQr: true, prefix: "900" },
];

export function channelOf(code: string): Channel | undefined {
  return channels.find((one) => one.code === code);
}

/** Whether a comma-joined list, as settings and `channel_list` have it, names the channel. */
export function lists(list: string, code: string): boolean {
  return list.split(",").includes(code);
}

export function isChannelList(list: string): boolean {
  return list.split(",").every((code) => channelOf(code) !== undefined);
}
