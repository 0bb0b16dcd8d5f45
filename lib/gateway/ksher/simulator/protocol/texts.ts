export type Language = "zh" | "en" | "th";

type Text = { readonly [language in Language]: string };

/** What the gateway family says with a code: Chinese as documented (6.3), English and Thai invented (row 8). */
const texts: { readonly [code: string]: Text } = {
  "0": { zh: "操作成功", en: "Operation succeeded", th: "ดำเนินการสำเร็จ" },
  "1": { zh: "订单已支付", en: "The order is paid", th: "ชำระเงินแล้ว" },
  "-1": { zh: "商户信息错误", en: "Merchant information is wrong", th: "ข้อมูลร้านค้าไม่ถูกต้อง" },
  "-2": { zh: "验证商户签名失败", en: "The merchant's signature is wrong", th: "ลายเซ็นร้านค้าไม่ถูกต้อง" },
  "-3": { zh: "该订单不存在", en: "There is no such order", th: "ไม่พบคำสั่งซื้อ" },
  "-4": {
    zh: "该订单已支付成功,不能进行此操作",
    en: "The order is paid, this cannot be done",
    th: "ชำระเงินแล้ว ทำรายการนี้ไม่ได้",
  },
  "-5": {
    zh: "该订单已被取消,不能重复进行此操作",
    en: "The order is cancelled already",
    th: "ยกเลิกไปแล้ว",
  },
  "-6": { zh: "取消订单失败", en: "The order could not be cancelled", th: "ยกเลิกไม่สำเร็จ" },
  "-100": { zh: "SIM 参数错误", en: "SIM wrong parameter", th: "SIM พารามิเตอร์ไม่ถูกต้อง" },
};

const cancelled: Text = { zh: "取消成功", en: "Cancelled", th: "ยกเลิกสำเร็จ" };

export function codeText(code: number, language: Language): string {
  return texts[String(code)]?.[language] ?? `SIM ${code}`;
}

/** `data` of a cancel that was taken. */
export function cancelText(language: Language): string {
  return cancelled[language];
}
