/** 信義店 at the Scan2Pay simulator: its account, and an order in every state, made through the real protocol. */
import { demoMerchants } from "#lib/domain/demo-shop.ts";
import { callerOf, refundKey } from "#lib/gateway/scan2pay/simulator/testing/caller.ts";
import { controlOf, type DemoOrder, makeMissing, notifyUrlOf } from "./control.ts";

const origin = `http://127.0.0.1:${process.env.SCAN2PAY_SIMULATOR_PORT ?? "4010"}`;
const url = `${origin}/allpaypass/api/general`;
const control = controlOf(origin);
const mchId = demoMerchants.xinyi;
const monthMs = 30 * 86_400_000;

type Merchant = {
  mchId: string;
  tradePassword: string;
  refundPassword: string;
  publicKeyPem: string;
  ivs: string[];
};

export const xinyiStore = {
  ...{ code: "00001", name: "信義店", timeZone: "Asia/Taipei", currency: "TWD", dayCutAt: "00:00" },
};

/** Its entry in the provisioning file. */
export async function xinyiAccount() {
  const merchants = (await control("GET", "merchants")) as Merchant[];
  const merchant = merchants.find((one) => one.mchId === mchId);
  if (!merchant) throw new Error(`the Scan2Pay simulator has no merchant ${mchId}`);
  const { tradePassword, refundPassword, publicKeyPem, ivs } = merchant;
  return {
    ...{ slug: "xinyi", store: "00001", gateway: "scan2pay", url, merchantId: mchId },
    ...{ tradePassword, refundPassword, publicKeyPem, iv: ivs[0], partialRefund: false },
  };
}

type Sale = {
  readonly no: string;
  readonly says: string;
  readonly fee: number;
  readonly goods: string;
  readonly steps: readonly string[];
};

const sold = (
  no: string,
  says: string,
  [fee, goods]: readonly [number, string],
  ...steps: string[]
): Sale => ({
  ...{ no, says, fee, goods, steps },
});

const sales: readonly Sale[] = [
  sold("PO180101001", "paid", [1200, "珍珠奶茶 x10"], "pay"),
  sold("PO180101002", "paid", [350, "雞排飯"], "pay"),
  sold("PO180101003", "waiting for payment", [90, "紅茶"]),
  sold("PO180101004", "not paid", [480, "便當 x4"], "refuse"),
  sold("PO180101005", "refunded in the portal", [660, "蛋糕"], "pay", "refund"),
  sold("PO180101006", "cancelled", [150, "豆漿 x3"], "cancel"),
  sold("PO180101007", "out of time", [220, "滷味拼盤"], "expire"),
];

/** An order stays open for a month, so that the demo can be played on another day. */
function taipeiStampInAMonth(): string {
  const taipei = new Date(Date.now() + monthMs + 8 * 3_600_000);
  return taipei.toISOString().replace(/\D/g, "").slice(0, 14);
}

type Call = (service: string, data: object) => Promise<void>;

/** Calls the gateway as the till would; a refusal ends the demo's start. */
async function openTill(): Promise<Call> {
  await control("GET", "merchants");
  const { call } = await callerOf({ origin, url });
  return async (service, data) => {
    const { code } = await call(service, data);
    if (code !== "0000") throw new Error(`${service} of the demo answered ${code}`);
  };
}

async function sell(call: Call, { no, fee, goods, steps }: Sale): Promise<void> {
  await call("OLPay", {
    ...{ StoreOrderNo: no, TotalFee: String(fee), Body: goods, DeviceInfo: "skb0001" },
    TimeExpire: taipeiStampInAMonth(),
  });
  for (const step of steps) {
    if (step === "cancel") await call("CancelOrder", { StoreOrderNo: no, RefundKey: refundKey });
    else await control("POST", `orders/${no}/${step}`, {});
  }
}

/** Fills the shop; gives what there is to try. */
export async function fillXinyi(): Promise<readonly DemoOrder[]> {
  const call = await openTill();
  const orders = sales.map((sale) => ({ ...sale, make: () => sell(call, sale) }));
  await makeMissing(control, orders);
  // Last, so that filling the shop does not ring for every order in it.
  await control("POST", "merchants", { mchId, notifyUrl: notifyUrlOf("xinyi") });
  return orders;
}

export const xinyiSimulatorPage = `${origin}/`;
