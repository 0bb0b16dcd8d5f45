import "server-only";

/** Channel names (protocol 6.1, old names included) as people call them. */
const names: Readonly<Record<string, string>> = {
  promptpay: "PromptPay",
  bbl_promptpay: "PromptPay",
  truemoney: "TrueMoney Wallet",
  linepay: "LINE Pay",
  airpay: "ShopeePay",
  alipay: "Alipay",
  alipayplus: "Alipay+",
  wechat: "WeChat Pay",
  card: "Card",
  ktbcard: "Card",
  ktccard: "Card",
  scb_qrcard: "Card by QR",
  atome: "Atome",
  scb_easy: "SCB EASY",
  bbl_deeplink: "Bualuang mBanking",
  baybank_deeplink: "Krungsri app",
  kplus: "K PLUS",
  ktc_instal: "KTC instalments",
  kbank_instal: "KBank instalments",
  kfc_instal: "Krungsri First Choice instalments",
  kcc_instal: "Krungsri card instalments",
};

/** Channels that are a card: their refund wants Ksher's own order number (protocol 6.5). */
const cards: ReadonlySet<string> = new Set(["card", "ktbcard", "ktccard"]);

export function isCard(channel: string): boolean {
  return cards.has(channel);
}

/** A channel's display name; a channel we do not know comes back as it is. */
export function ksherWalletName(wallet: string): string {
  return Object.hasOwn(names, wallet) ? (names[wallet] ?? wallet) : wallet;
}
