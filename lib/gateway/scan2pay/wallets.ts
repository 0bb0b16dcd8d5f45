import "server-only";

/** Names of payment methods (protocol section 8, as of 2020; the acquirer behind a wallet is left out, staff do not need it). */
const names: Readonly<Record<string, string>> = {
  "10110": "WeChat Pay",
  "12710": "WeChat Pay",
  "13410": "WeChat Pay",
  "14010": "WeChat Pay",
  "10220": "Alipay",
  "12520": "Alipay",
  "13320": "Alipay",
  "10300": "Pi Wallet",
  "10500": "O'Pay",
  "10900": "JKOPAY",
  "11300": "GAMA PAY",
  "11400": "Aipei wallet",
  "11500": "LINE Pay",
  "12000": "Taiwan Pay",
  "12300": "friDay wallet",
  "12400": "ezPay",
  "13000": "Fubon LuckyPAY",
  "13100": "Easy Wallet",
  "13110": "DGPay",
  "13500": "Taiwan Pay",
  "14200": "Taiwan Pay",
  "14300": "Taiwan Pay",
  "14400": "Taiwan Pay",
  "14500": "Taiwan Pay",
  "14800": "Taiwan Pay",
  "15000": "Taiwan Pay",
  "20000": "Credit card",
  "20800": "Credit card",
  "20840": "Apple Pay",
  "21100": "Credit card",
  "22600": "Credit card",
  "23200": "Credit card",
  "23240": "Apple Pay",
  "24600": "UnionPay",
  "31800": "EasyCard",
  "32100": "iPASS",
  "32800": "icash",
  "60300": "Pi in-app",
  "60500": "O'Pay in-app",
};

/** The value of Header.Method before the customer chose a wallet, and in every request of ours. */
export const methodUnspecified = "00000";

/** A wallet's display name. A code we do not know, and a name the gateway wrote itself (OrderQuery1.1), come back as they are. */
export function scan2payWalletName(wallet: string): string {
  return Object.hasOwn(names, wallet) ? (names[wallet] ?? wallet) : wallet;
}
