import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { canaries } from "./canaries.ts";
import { desk } from "./desk.ts";
import { control, simulatorOrigin } from "./fixtures.ts";

const mchId = "S2PSIM0002";
const { password, pin, tradePassword, refundPassword } = canaries;

/** A shop of its own whose account takes partial refunds, brought in by `npm run provision` while the desk runs. */
export async function openSecondShop(): Promise<void> {
  await control("merchants", { mchId, tradePassword, refundPassword });
  const merchants: { mchId: string; publicKeyPem: string; ivs: string[] }[] = await control("merchants");
  const merchant = merchants.find((one) => one.mchId === mchId);
  const person = (username: string, role: string) => ({
    ...{ username, role, name: username, stores: ["00077"], password, pin, refundLimitMinor: 0 },
  });
  const folder = mkdtempSync(join(tmpdir(), "storedesk-shop-"));
  const file = join(folder, "shop.json");
  const account = {
    slug: "second",
    store: "00077",
    gateway: "scan2pay",
    merchantId: mchId,
    partialRefund: true,
  };
  const keys = { tradePassword, refundPassword, publicKeyPem: merchant?.publicKeyPem, iv: merchant?.ivs[1] };
  const shop = {
    stores: [{ code: "00077", name: "二店", timeZone: "Asia/Taipei", currency: "TWD", dayCutAt: "00:00" }],
    merchantAccounts: [{ ...account, ...keys, url: `${simulatorOrigin}/allpaypass/api/general` }],
    staff: [person("second-cashier", "cashier"), person("second-manager", "manager")],
  };
  writeFileSync(file, JSON.stringify(shop));
  const env = { ...process.env, STOREDESK_DATA: desk.folder };
  await promisify(execFile)("npm", ["run", "provision", "--", file], {
    env,
    shell: process.platform === "win32",
  });
  rmSync(folder, { recursive: true });
}

/** A new paid order of the second shop; returns its number. */
export async function newSecondOrder(totalFee: number): Promise<string> {
  const storeOrderNo = `P${Date.now().toString(36).toUpperCase()}`;
  await control("orders", { storeOrderNo, totalFee, state: "paid", mchId });
  return storeOrderNo;
}
