import { expect, test } from "vitest";
import { gatewayWords } from "./gateway-words.ts";

const takes = { reasonLengthMax: 100, cashierLengthMax: 8 };

test("scenario 26: the cashier's own words are what the gateway is told, emoji and all; without words the reason's name", () => {
  const words = (note: string, reason = "damaged") =>
    gatewayWords({ reason, note, cashier: "林小美" }, takes).reason;
  expect(words("壞了 😡 #1")).toBe("壞了 😡 #1");
  expect(words("  ")).toBe("damaged");
  expect(words(`${"壞".repeat(99)}😡`)).toBe("壞".repeat(99));
  expect(words("\u0000\u0007")).toBe("Refund");
});

test("scenario 27: twelve CJK characters, one with a combining mark: at most eight are told, no character broken", () => {
  const name = "歐陽菁\u0301菁經理代理人員甲乙";
  const { cashier } = gatewayWords({ reason: "damaged", note: "", cashier: name }, takes);
  expect(cashier).toBe("歐陽菁\u0301菁經理代");
  expect(cashier.length).toBeLessThanOrEqual(8);
  expect(name.startsWith(cashier)).toBe(true);
});
