import { describe, expect, test } from "vitest";
import { answeringGateway, options } from "../fixtures/answering-gateway.ts";

const gateway = answeringGateway();
const range = { from: new Date("2024-03-13T16:00:00Z"), to: new Date("2024-03-15T16:00:00Z") };

describe("lists", () => {
  const list = (state: "waiting" | "paid" | "not-paid" = "paid") =>
    gateway.client().listOrders?.({ ...range, state }, options);
  const row = { StoreOrderNo: "A-1", TotalFee: 90, Status: "Trade success" };

  test.each([
    [{ DataValue: [row] }],
    [{ list: [row] }],
    [[row]],
    [JSON.stringify({ DataValue: [row] })],
    [JSON.stringify([row])],
  ])("rows are found in %j", async (data) => {
    gateway.says({}, data);
    expect(await list()).toMatchObject({
      outcome: "done",
      value: [{ orderNo: "A-1", amountMinor: 90, state: "paid" }],
    });
  });

  test.each([[{}], [null], [""], [[]], [{ DataValue: null }], [{ list: [] }]])(
    "%j is an empty list",
    async (data) => {
      gateway.says({}, data);
      expect(await list()).toMatchObject({ outcome: "done", value: [] });
    },
  );

  test("2000 is an empty list, in every list", async () => {
    gateway.says({ StatusCode: "2000" });
    expect(await list()).toMatchObject({ outcome: "done", value: [], evidence: { code: "2000" } });
    expect(await gateway.client().listTransactions?.(range, options)).toMatchObject({
      outcome: "done",
      value: [],
    });
  });

  test.each([
    ["text"],
    [{ DataValue: "text" }],
    [{ DataValue: [row, { StoreOrderNo: "A-2" }] }],
    [{ DataValue: [{ ...row, TotalFee: 0.5 }] }],
    [{ DataValue: [7] }],
  ])("one unreadable row spoils the list: %j", async (data) => {
    gateway.says({}, data);
    expect(await list()).toMatchObject({ outcome: "broken", why: "wrong-shape" });
  });

  test("each state is asked for by its number", async () => {
    gateway.says({}, { DataValue: [row] });
    const rows = [];
    for (const state of ["waiting", "paid", "not-paid"] as const) {
      const outcome = await list(state);
      rows.push([
        gateway.lastRequest()?.data.OrderStatus,
        outcome?.outcome === "done" ? outcome.value[0]?.state : null,
      ]);
    }
    expect(rows).toEqual([
      ["0", "waiting"],
      ["1", "paid"],
      ["2", "not-paid"],
    ]);
  });

  test.each([
    ["Refund fail", "refund-failed"],
    ["Refund success", "refunded"],
    ["Refunding", "refund-accepted"],
  ])("%s in a paid row is %s", async (RefundStatus, state) => {
    gateway.says({}, { DataValue: [{ ...row, RefundStatus }] });
    expect(await list()).toMatchObject({ value: [{ state }] });
  });

  test("rows outside the period are left out, rows without a time are kept", async () => {
    const at = (TranDate: string, TranDayTime: string) => ({
      StoreOrderNo: `N${TranDate}${TranDayTime}`,
      Amount: "-5",
      Status: "Refund fail",
      TranDate,
      TranDayTime,
    });
    gateway.says(
      {},
      {
        list: [
          at("20240313", "235959"),
          at("20240314", "000000"),
          at("20240315", "235959"),
          at("20240316", "000000"),
          at("", ""),
        ],
      },
    );
    const outcome = await gateway.client().listTransactions?.(range, options);
    const value = outcome?.outcome === "done" ? outcome.value : [];
    expect(value.map((one) => one.orderNo)).toEqual(["N20240314000000", "N20240315235959", "N"]);
  });
});
