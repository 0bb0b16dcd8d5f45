/** Fills the demo shop: store, account, staff, and one order in every state, made by calling the simulator's protocol. */
import { appDatabase } from "#lib/db/pool.ts";
import { provision } from "#lib/use-cases/provision.ts";

const origin = `http://127.0.0.1:${process.env.SCAN2PAY_SIMULATOR_PORT ?? "4010"}`;

const patienceMs = 10_000;

/** Asks the simulator; one that is just being started again is waited for. */
async function reach(path: string, init: RequestInit): Promise<Response> {
  for (const began = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    try {
      return await fetch(`${origin}/_control/${path}`, init);
    } catch (error) {
      if (Date.now() - began > patienceMs) throw error;
    }
  }
}

async function control(method: string, path: string, body?: object) {
  const answer = await reach(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { isGood: answer.ok, value: await answer.json() };
}

const { value: merchants } = await control("GET", "merchants");
const { mchId, tradePassword, refundPassword, publicKeyPem, ivs } = merchants[0];
const person = (username: string, name: string, role: string, stores: string[]) => ({
  username,
  name,
  role,
  stores,
  password: "storedesk-demo",
  pin: "246810",
  refundLimitMinor: 0,
});
const shop = {
  stores: [{ code: "00001", name: "信義店", timeZone: "Asia/Taipei", currency: "TWD", dayCutAt: "00:00" }],
  merchantAccounts: [
    {
      slug: "xinyi",
      store: "00001",
      gateway: "scan2pay",
      url: `${origin}/allpaypass/api/general`,
      merchantId: mchId,
      tradePassword,
      refundPassword,
      publicKeyPem,
      iv: ivs[0],
      partialRefund: false,
    },
  ],
  staff: [
    person("cashier", "林小美", "cashier", ["00001"]),
    person("manager", "陳店長", "manager", ["00001"]),
    person("manager2", "黃副店長", "manager", ["00001"]),
    person("owner", "王老闆", "owner", ["00001"]),
    person("auditor", "稽核", "auditor", []),
  ],
};
const answer = await provision(appDatabase(), shop, { isDemo: true });
await appDatabase().pool.end();
if (!answer.ok) {
  console.error(answer.refusal);
  process.exit(1);
}

const orders = [
  { storeOrderNo: "PO180101001", totalFee: 1200, body: "珍珠奶茶 x10", state: "paid", says: "paid" },
  { storeOrderNo: "PO180101002", totalFee: 350, body: "雞排飯", state: "paid", says: "paid" },
  { storeOrderNo: "PO180101003", totalFee: 90, body: "紅茶", state: "open", says: "waiting for payment" },
  { storeOrderNo: "PO180101004", totalFee: 480, body: "便當 x4", state: "failed", says: "not paid" },
  { storeOrderNo: "PO180101005", totalFee: 660, body: "蛋糕", state: "paid", says: "refunded in the portal" },
];
for (const { says, ...order } of orders) {
  const made = await control("POST", "orders", order);
  if (made.isGood && says === "refunded in the portal")
    await control("POST", `orders/${order.storeOrderNo}/refund`, {});
}
console.log("Orders to try:");
for (const { storeOrderNo, says } of orders) console.log(`  ${storeOrderNo}  ${says}`);
console.log(`Play customer and gateway on ${origin}/`);
console.log("Sign in as cashier, manager, manager2, owner or auditor; password storedesk-demo, PIN 246810");
