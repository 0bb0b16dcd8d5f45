/** A payment method: five-digit code and its display names (section 8). */
export type PaymentMethod = { readonly code: string; readonly name: string; readonly chinese: string };

/** `Method` before a wallet is known, and in every back-office request. */
export const unspecifiedMethod = "00000";

const methods: readonly PaymentMethod[] = [
  { code: "10110", name: "WeChat Pay", chinese: "微信" },
  { code: "12710", name: "WeChat Pay", chinese: "微信" },
  { code: "13410", name: "WeChat Pay", chinese: "微信" },
  { code: "14010", name: "WeChat Pay", chinese: "微信" },
  { code: "10220", name: "Alipay", chinese: "支付寶" },
  { code: "12520", name: "Alipay", chinese: "支付寶" },
  { code: "13320", name: "Alipay", chinese: "支付寶" },
  { code: "10300", name: "Pi Wallet", chinese: "Pi 錢包" },
  { code: "10500", name: "O'Pay", chinese: "歐付寶" },
  { code: "10900", name: "JKOPAY", chinese: "街口支付" },
  { code: "11300", name: "GAMA PAY", chinese: "橘子支" },
  { code: "11400", name: "Aipei wallet", chinese: "愛貝錢包" },
  { code: "11500", name: "LINE Pay", chinese: "LINE Pay" },
  { code: "12000", name: "Taiwan Pay", chinese: "台灣行動支付" },
  { code: "12300", name: "friDay wallet", chinese: "friDay 錢包" },
  { code: "12400", name: "ezPay", chinese: "ezPay" },
  { code: "13000", name: "Fubon LuckyPAY", chinese: "富邦 LuckyPAY" },
  { code: "13100", name: "Easy Wallet", chinese: "悠遊付" },
  { code: "13110", name: "DGPay", chinese: "數位付" },
  { code: "13500", name: "Taiwan Pay", chinese: "台灣行動支付" },
  { code: "14200", name: "Taiwan Pay", chinese: "台灣行動支付" },
  { code: "14300", name: "Taiwan Pay", chinese: "台灣行動支付" },
  { code: "14400", name: "Taiwan Pay", chinese: "台灣行動支付" },
  { code: "14500", name: "Taiwan Pay", chinese: "台灣行動支付" },
  { code: "14800", name: "Taiwan Pay", chinese: "台灣行動支付" },
  { code: "15000", name: "Taiwan Pay", chinese: "台灣行動支付" },
  { code: "20000", name: "Credit card", chinese: "信用卡" },
  { code: "20800", name: "Credit card", chinese: "信用卡" },
  { code: "20840", name: "Apple Pay", chinese: "Apple Pay" },
  { code: "21100", name: "Credit card", chinese: "信用卡" },
  { code: "22600", name: "Credit card", chinese: "信用卡" },
  { code: "23200", name: "Credit card", chinese: "信用卡" },
  { code: "23240", name: "Apple Pay", chinese: "Apple Pay" },
  { code: "24600", name: "UnionPay", chinese: "銀聯卡" },
  { code: "31800", name: "EasyCard", chinese: "悠遊卡" },
  { code: "32100", name: "iPASS", chinese: "一卡通" },
  { code: "32800", name: "icash", chinese: "愛金卡" },
  { code: "60300", name: "Pi in-app", chinese: "Pi InApp" },
  { code: "60500", name: "O'Pay in-app", chinese: "歐付寶 InApp" },
];

/** What the payer page offers: the wallets a shop meets every day. */
export const walletChoices: readonly PaymentMethod[] = methods.filter(({ code }) =>
  ["11500", "10900", "12520", "12710", "10300", "13100", "14500", "10500"].includes(code),
);

const byCode = new Map(methods.map((method) => [method.code, method]));

/** The display name that notices and OrderQuery1.1 carry; an unknown code is shown as it is. */
export function methodName(code: string): string {
  return byCode.get(code)?.name ?? code;
}

export function isKnownMethod(code: string): boolean {
  return byCode.has(code);
}
