import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Simulator, startScan2PaySimulator } from "./server.ts";
import { type CallChanges, type Caller, callerOf, refundKey, sha256 } from "./testing/caller.ts";

let simulator: Simulator;
let caller: Caller;
const whole = (changes: object = {}) => ({
  StoreOrderNo: "C-PAID",
  StoreRefundNo: "RF-NEW",
  DeviceInfo: "skb0001",
  RefundKey: refundKey,
  RefundFee: "100",
  RefundedMsg: "cold",
  ...changes,
});
const made = (changes: object = {}) => ({
  StoreOrderNo: "NEW-1",
  DeviceInfo: "skb0001",
  Body: "Tea",
  TotalFee: "10",
  ...changes,
});

beforeAll(async () => {
  simulator = await startScan2PaySimulator({ settings: { queryGapMs: 0 } });
  caller = await callerOf(simulator);
  const orders = [
    { storeOrderNo: "C-PAID", state: "paid" },
    { storeOrderNo: "C-OPEN", state: "open" },
    { storeOrderNo: "C-FAILED", state: "failed" },
    { storeOrderNo: "C-OLD", state: "paid", ageMs: 900_001 },
    { storeOrderNo: "C-GONE", state: "paid" },
    { storeOrderNo: "C-BACK", state: "paid" },
    { storeOrderNo: "C-RUNNING", state: "paid" },
  ];
  for (const order of orders) await caller.control("POST", "orders", { totalFee: 100, ...order });
  await caller.call("CancelOrder", { StoreOrderNo: "C-GONE", RefundKey: refundKey });
  await caller.call("Refund", whole({ StoreOrderNo: "C-BACK", StoreRefundNo: "RF-USED" }));
  await caller.control("POST", "faults", { kind: "pending-then-success", delayMs: 600_000 });
  await caller.call("Refund", whole({ StoreOrderNo: "C-RUNNING", StoreRefundNo: "RF-SLOW" }));
  await caller.control("POST", "merchants", { mchId: "S2PSIM0009", enabled: false });
});
afterAll(() => simulator.close());

type Edge = [name: string, code: string, service: string, data: unknown, changes?: CallChanges];

/** Each call is wrong in two ways: the code tells which check comes first. */
const edges: Edge[] = [
  ["no MchId, bad time", "8002", "Refund", whole(), { header: { MchId: "", CreateTime: "x" } }],
  [
    "bad time, unknown merchant",
    "7124",
    "Refund",
    whole(),
    { header: { MchId: "N", CreateTime: "20240230000000" } },
  ],
  ["unknown merchant, wrong password", "7132", "Refund", whole(), { header: { MchId: "N", TradeKey: "x" } }],
  [
    "closed merchant, wrong password",
    "7201",
    "Refund",
    whole(),
    { header: { MchId: "S2PSIM0009", TradeKey: "x" } },
  ],
  [
    "upper-case password hash, no service",
    "7105",
    "",
    whole(),
    { header: { TradeKey: sha256("1234").toUpperCase() } },
  ],
  ["no service, no data", "7117", "", "text"],
  ["unknown service, no data", "7118", "Cancel", "text"],
  ["a service of section 4.8", "7200", "InvoiceQuery", {}],
  ["data that is no object", "8002", "Refund", "text"],
  ["missing field, wrong device", "8002", "Refund", whole({ RefundFee: undefined, DeviceInfo: "x" })],
  ["wrong device, wrong refund password", "7130", "Refund", whole({ DeviceInfo: "x", RefundKey: "x" })],
  ["OLPay: hyphen passes, underscore not", "7127", "OLPay", made({ StoreOrderNo: "A_1", TotalFee: "x" })],
  ["OLPay: 21 characters", "7127", "OLPay", made({ StoreOrderNo: "A".repeat(21) })],
  ["OLPay: number used, bad amount", "7000", "OLPay", made({ StoreOrderNo: "C-PAID", TotalFee: "x" })],
  ["OLPay: bad amount, bad currency", "7125", "OLPay", made({ TotalFee: "1.5", FeeType: "USD" })],
  ["OLPay: too much, bad currency", "7126", "OLPay", made({ TotalFee: 1_000_001, FeeType: "USD" })],
  ["OLPay: bad currency, bad time", "7160", "OLPay", made({ FeeType: "USD", TimeExpire: "x" })],
  ["OLPay: bad time", "7124", "OLPay", made({ TimeExpire: "20241301000000" })],
  ["Micropay: code with letters", "7120", "Micropay", made({ AuthCode: "39x" })],
  ["Micropay: unknown code", "7121", "Micropay", made({ AuthCode: "390000000000000000" })],
  ["Micropay: expired code", "7123", "Micropay", made({ AuthCode: "390000000000000099" })],
  ["query: unknown order", "7002", "SingleOrderQuery", { StoreOrderNo: "NOBODY" }],
  [
    "list: end before start, bad status",
    "7124",
    "OrderQuery",
    { StartDate: "20240102", EndDate: "20240101", OrderStatus: "9" },
  ],
  [
    "list: bad status",
    "8002",
    "OrderQuery",
    { StartDate: "20240101", EndDate: "20240101", OrderStatus: "3" },
  ],
  [
    "list: short keyword",
    "8002",
    "OrderQuery",
    { StartDate: "20240101", EndDate: "20240101", OrderStatus: "1", StoreOrderNo: "ABC" },
  ],
  [
    "refund: wrong password, bad amount",
    "7168",
    "Refund",
    whole({ RefundKey: refundKey.toUpperCase(), RefundFee: "x" }),
  ],
  ["refund: bad amount, bad number", "7139", "Refund", whole({ RefundFee: "-5", StoreRefundNo: "_" })],
  [
    "refund: bad number, unknown order",
    "7104",
    "Refund",
    whole({ StoreRefundNo: "a b", StoreOrderNo: "NOBODY" }),
  ],
  [
    "refund: used number, unknown order",
    "7003",
    "Refund",
    whole({ StoreRefundNo: "RF-USED", StoreOrderNo: "NOBODY" }),
  ],
  ["refund: unknown order, too much", "7002", "Refund", whole({ StoreOrderNo: "NOBODY", RefundFee: "999" })],
  [
    "refund: order in process, too much",
    "7114",
    "Refund",
    whole({ StoreOrderNo: "C-OPEN", RefundFee: "999" }),
  ],
  ["refund: failed order, too much", "7113", "Refund", whole({ StoreOrderNo: "C-FAILED", RefundFee: "999" })],
  [
    "refund: cancelled order, too much",
    "7001",
    "Refund",
    whole({ StoreOrderNo: "C-GONE", RefundFee: "999" }),
  ],
  ["refund: refunded order, too much", "7112", "Refund", whole({ StoreOrderNo: "C-BACK", RefundFee: "999" })],
  [
    "refund: running refund, too much",
    "7119",
    "Refund",
    whole({ StoreOrderNo: "C-RUNNING", RefundFee: "999" }),
  ],
  ["refund: too much, no reason", "7111", "Refund", whole({ RefundFee: 101, RefundedMsg: "" })],
  ["refund: partial not allowed, no reason", "7110", "Refund", whole({ RefundFee: 99, RefundedMsg: "" })],
  ["refund: empty reason", "8002", "Refund", whole({ RefundedMsg: "" })],
  ["refund: reason of 101 characters", "7154", "Refund", whole({ RefundedMsg: "錯".repeat(101) })],
  [
    "cancel: wrong password, unknown order",
    "7168",
    "CancelOrder",
    { StoreOrderNo: "NOBODY", RefundKey: "x" },
  ],
  ["cancel: unknown order", "7002", "CancelOrder", { StoreOrderNo: "NOBODY", RefundKey: refundKey }],
  ["cancel: cancelled before", "7133", "CancelOrder", { StoreOrderNo: "C-GONE", RefundKey: refundKey }],
  ["cancel: refunded", "7001", "CancelOrder", { StoreOrderNo: "C-BACK", RefundKey: refundKey }],
  ["cancel: failed", "7134", "CancelOrder", { StoreOrderNo: "C-FAILED", RefundKey: refundKey }],
  ["cancel: too late", "7327", "CancelOrder", { StoreOrderNo: "C-OLD", RefundKey: refundKey }],
];

describe("the checks come in the paper's order, and move no money", () => {
  test.each(edges)("%s: %s", async (_name, code, service, data, changes) => {
    const before = await caller.control("GET", "effects");
    expect((await caller.call(service, data, changes)).code).toBe(code);
    expect(await caller.control("GET", "effects")).toEqual(before);
  });

  test("cancelling at exactly fifteen minutes still works, a millisecond later it does not", async () => {
    await caller.control("POST", "clock", { frozen: true });
    for (const [storeOrderNo, ageMs, code] of [
      ["C-15A", 900_000, "0000"],
      ["C-15B", 900_001, "7327"],
    ] as const) {
      await caller.control("POST", "orders", { storeOrderNo, totalFee: 5, state: "paid", ageMs });
      expect(
        (await caller.call("CancelOrder", { StoreOrderNo: storeOrderNo, RefundKey: refundKey })).code,
      ).toBe(code);
    }
  });
});
