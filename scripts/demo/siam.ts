/** Siam at the Ksher simulator: its account, and an order in every state, made through the real protocol. */
import { demoMerchants } from "#lib/domain/demo-shop.ts";
import { callerOf } from "#lib/gateway/ksher/simulator/testing/caller.ts";
import { controlOf, type DemoOrder, makeMissing, notifyUrlOf } from "./control.ts";

const origin = `http://127.0.0.1:${process.env.KSHER_SIMULATOR_PORT ?? "4020"}`;
const control = controlOf(origin);
const mchId = demoMerchants.siam;
const monthMinutes = String(30 * 24 * 60);

type Merchant = { mchId: string; privateKeyPem: string; platformPublicKeyPem: string };

export const siamStore = {
  ...{ code: "00002", name: "Siam", timeZone: "Asia/Bangkok", currency: "THB", dayCutAt: "00:00" },
};

/** Its entry in the provisioning file. */
export async function siamAccount() {
  const merchants = (await control("GET", "merchants")) as Merchant[];
  const merchant = merchants.find((one) => one.mchId === mchId);
  if (!merchant) throw new Error(`the Ksher simulator has no merchant ${mchId}`);
  const { privateKeyPem, platformPublicKeyPem } = merchant;
  return {
    ...{ slug: "siam", store: "00002", gateway: "ksher", signVersion: "V1" },
    ...{ gatewayUrl: `${origin}/api`, payUrl: `${origin}/KsherPay`, appId: mchId },
    ...{ merchantPrivateKeyPem: privateKeyPem, platformPublicKeyPem },
  };
}

type Step = readonly [what: string, how?: string | number];
type Sale = {
  readonly no: string;
  readonly says: string;
  readonly satang: number;
  readonly goods: string;
  readonly steps: readonly Step[];
};

const sold = (
  no: string,
  says: string,
  [satang, goods]: readonly [number, string],
  ...steps: Step[]
): Sale => ({
  ...{ no, says, satang, goods, steps },
});

const sales: readonly Sale[] = [
  sold("TH180101001", "paid by TrueMoney", [100_000, "ชาไทยเย็น x10"], ["pay", "truemoney"]),
  sold("TH180101002", "paid by PromptPay", [12_000, "ข้าวมันไก่"], ["pay", "promptpay"]),
  sold("TH180101003", "waiting for payment", [6_500, "กาแฟเย็น"]),
  sold("TH180101004", "a try to pay failed", [28_000, "ส้มตำ ไก่ย่าง"], ["refuse"]),
  sold("TH180101005", "being paid in a wallet", [15_000, "ผัดไทยกุ้งสด"], ["start", "truemoney"]),
  sold("TH180101006", "being paid by card, cannot be cancelled", [59_000, "เสื้อยืดลายช้าง"], ["otp"]),
  sold("TH180101007", "cancelled, the saved QR still pays", [18_000, "ข้าวซอยไก่"], ["cancel"]),
  sold("TH180101008", "paid after the cancel", [9_000, "โรตีกล้วย"], ["cancel"], ["pay", "promptpay"]),
  sold("TH180101009", "out of time", [4_500, "น้ำมะพร้าว"], ["expire"]),
  sold("TH180101010", "refunded in part", [129_000, "กระเป๋าผ้าไหม"], ["pay", "linepay"], ["refund", 29_000]),
  sold("TH180101011", "refunded in the Ksher app", [35_000, "แกงเขียวหวาน"], ["pay", "truemoney"], ["app"]),
  sold("TH180101012", "paid by card", [249_050, "ชุดน้ำชาเบญจรงค์"], ["pay", "card"]),
];

type Call = (service: string, params: Record<string, string>) => Promise<unknown>;

/** Calls the gateway as the till would; a refusal ends the demo's start. */
async function openTill(): Promise<Call> {
  await control("GET", "merchants");
  const { call } = await callerOf({ origin });
  return async (service, params) => {
    const { code, result } = await call(service, params);
    if (code !== 0 || result === "FAIL") throw new Error(`${service} of the demo answered ${code} ${result}`);
  };
}

async function refund(call: Call, no: string, satang: number): Promise<void> {
  const [order] = (await control("GET", `orders?storeOrderNo=${no}`)) as Record<string, unknown>[];
  await call("order_refund", {
    ...{ mch_order_no: String(order?.payMchOrderNo), ksher_order_no: String(order?.ksherOrderNo) },
    ...{ mch_refund_no: `${no}R1`, total_fee: String(order?.totalFee), refund_fee: String(satang) },
    fee_type: "THB",
  });
}

async function take(call: Call, no: string, [what, how]: Step): Promise<void> {
  if (what === "cancel") await call("cancel_order", { mch_order_no: no });
  else if (what === "refund") await refund(call, no, Number(how));
  else if (what === "app") await control("POST", `orders/${no}/refund`, { origin: "app" });
  else await control("POST", `orders/${no}/${what}`, how === undefined ? {} : { channel: how });
}

async function sell(call: Call, { no, satang, goods, steps }: Sale): Promise<void> {
  await call("gateway_pay", {
    ...{ mch_order_no: no, total_fee: String(satang), fee_type: "THB", product_name: goods, mch_code: no },
    ...{ channel_list: "promptpay,truemoney,linepay,airpay,card", expire_time: monthMinutes, lang: "th" },
  });
  for (const step of steps) await take(call, no, step);
}

/** Fills the shop; gives what there is to try. */
export async function fillSiam(): Promise<readonly DemoOrder[]> {
  const call = await openTill();
  const orders = sales.map((sale) => ({ ...sale, make: () => sell(call, sale) }));
  await makeMissing(control, orders);
  // Last, so that filling the shop does not ring for every order in it.
  await control("POST", "merchants", { mchId, notifyUrl: notifyUrlOf("siam") });
  return orders;
}

export const siamSimulatorPage = `${origin}/`;
