import { describe, expect, test } from "vitest";
import { answeringGateway, options } from "../fixtures/answering-gateway.ts";

const gateway = answeringGateway();

describe("what a query makes of an order", () => {
  const order = { StoreOrderNo: "A-1", OrderStatus: "1", TotalFee: "90" };
  const query = (data: unknown, header = {}) => {
    gateway.says(header, data);
    return gateway.client().queryOrder("A-1", options);
  };

  test.each([
    [{ OrderStatus: "0" }, "waiting"],
    [{ OrderStatus: 1 }, "paid"],
    [{ OrderStatus: "2" }, "not-paid"],
    [{ OrderStatus: "3", RefundedMsg: "Refund success" }, "refunded"],
    [{ OrderStatus: "3", RefundedMsg: "Refund fail" }, "refund-failed"],
    [{ OrderStatus: "3", RefundedMsg: "" }, "refund-accepted"],
    [{ OrderStatus: "3" }, "refund-accepted"],
    [{ OrderStatus: "3", RefundedMsg: "Refund successful?" }, "refund-accepted"],
    [{ OrderStatus: "1", RefundedMsg: "Refund success" }, "paid"],
    [{ OrderStatus: "9" }, "unsure"],
  ])("%j is %s", async (data, state) => {
    expect(await query({ ...order, ...data })).toMatchObject({ outcome: "done", value: { state } });
  });

  test.each([
    [{ TotalFee: 90 }, 90],
    [{ TotalFee: "0" }, 0],
    [{ TotalFee: "" }, null],
    [{ TotalFee: null }, null],
    [{ TotalFee: undefined }, null],
  ])("the fee %j is %j", async (data, amountMinor) => {
    expect(await query({ ...order, ...data })).toMatchObject({ outcome: "done", value: { amountMinor } });
  });

  test.each([
    "90.5",
    "-90",
    "９０",
    "1e3",
    "NaN",
    "0x10",
    " 9 0",
    "9999999999999999",
    90.5,
    -1,
    true,
    {},
    [90],
  ])("the fee %j is refused and not repaired", async (TotalFee) => {
    expect(await query({ ...order, TotalFee })).toMatchObject({ outcome: "broken", why: "wrong-shape" });
  });

  test("a foreign currency makes its amount unreadable", async () => {
    expect(await query({ ...order, FeeType: "USD" })).toMatchObject({
      outcome: "broken",
      why: "wrong-shape",
    });
    expect(await query({ ...order, FeeType: "TWD" })).toMatchObject({ outcome: "done" });
  });

  test("only the number and the status are counted on", async () => {
    const value = {
      orderNo: "A-1",
      state: "paid",
      amountMinor: null,
      currency: "TWD",
      gatewayOrderNo: null,
      title: null,
      paidAt: null,
      wallet: null,
      handles: {},
    };
    expect(await query({ StoreOrderNo: "A-1", OrderStatus: "1" }, { Method: "00000" })).toMatchObject({
      value,
    });
    expect(
      await query({ StoreOrderNo: "A-1", OrderStatus: "1", PaidAt: "yesterday" }, { Method: undefined }),
    ).toMatchObject({ value });
  });

  test("a status that is missing is no order at all", async () => {
    expect(await query({ StoreOrderNo: "A-1" })).toMatchObject({ outcome: "broken", why: "wrong-shape" });
  });

  test("Data may come as text that holds JSON, with a number too long for JavaScript", async () => {
    const data = '{"StoreOrderNo":"A-1","OrderStatus":"1","SysOrderNo":2024031544571328811}';
    expect(await query(data)).toMatchObject({
      outcome: "done",
      value: { gatewayOrderNo: "2024031544571328811" },
    });
  });

  test("a title the database could not hold is mended", async () => {
    gateway.seals((request) =>
      request.answer({}, { ...order, Body: "?" }).replace('"?"', '"a\\u0000b\\ud800"'),
    );
    expect(await gateway.client().queryOrder("A-1", options)).toMatchObject({
      value: { title: "a\ufffdb\ufffd" },
    });
  });

  test("an order number no gateway takes is not sent", async () => {
    for (const orderNo of ["", "a b", "中", "x".repeat(21)]) {
      expect(await gateway.client().queryOrder(orderNo, options)).toMatchObject({
        outcome: "not-sent",
        why: "our-request",
      });
      expect(await gateway.client().cancelOrder(orderNo, options)).toMatchObject({
        outcome: "not-sent",
        why: "our-request",
      });
    }
    expect(gateway.requests()).toEqual([]);
  });
});
