import { z } from "zod";
import { gatewayContract } from "../gateway.contract.ts";
import type { ContractFault, ContractHarness } from "../gateway.contract-tools.ts";
import { control, merchantAt, openAt, refundsOf, strangerKey } from "./fixtures/at-simulator.ts";
import { startKsherSimulator } from "./simulator/server.ts";

/** The simulator's own names of the contract's faults. */
const faults: Partial<Record<ContractFault, object>> = {
  "lost-before": { kind: "lost-before-effect" },
  "lost-after": { kind: "lost-after-effect" },
  "http-error": { kind: "http-status", status: 502 },
  "slow-bytes": { kind: "slow-bytes", bytesPerSecond: 5 },
};
const states = { waiting: "open", paid: "paid", "not-paid": "failed" } as const;

async function startHarness(): Promise<ContractHarness> {
  const simulator = await startKsherSimulator({ settings: { rateLimit: false } });
  const closed = { gatewayUrl: "http://127.0.0.1:1/api", payUrl: "http://127.0.0.1:1/KsherPay" };
  const { privateKeyPem } = await merchantAt(simulator);
  let serial = 0;
  return {
    gateway: await openAt(simulator),
    nowhere: await openAt(simulator, closed),
    wrongSecret: await openAt(simulator, { merchantPrivateKeyPem: strangerKey() }),
    secrets: privateKeyPem.split("\n").filter((row) => row.length > 40 && !row.startsWith("-")),
    // An attempt that failed leaves the order open; nothing reads as over and unpaid but CLOSED.
    reads: { waiting: "waiting", paid: "paid", "not-paid": "attempt-failed" },
    refuses: { sameNumber: "refused", secondRefund: "refused" },
    anyHandles: { pay_mch_order_no: "2601150930059999", channel: "truemoney", total_fee: "1000" },
    async makeOrder(state, totalFee) {
      serial += 1;
      const storeOrderNo = `KO${String(serial).padStart(6, "0")}`;
      const order = { storeOrderNo, totalFee, state: states[state], channel: "truemoney" };
      await control(simulator, "POST", "orders", order);
      return storeOrderNo;
    },
    breakNext: async (fault) => {
      await control(simulator, "POST", "faults", faults[fault] ?? { kind: fault });
    },
    mend: async () => {
      await control(simulator, "DELETE", "faults");
    },
    refundsOf: (orderNo) => refundsOf(simulator, orderNo),
    arrivals: async () => z.array(z.unknown()).parse(await control(simulator, "GET", "arrivals")).length,
    close: () => simulator.close(),
  };
}

gatewayContract("Ksher", startHarness);
