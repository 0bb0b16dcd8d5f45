import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Simulator } from "../server.ts";
import { type Caller, callerOf, refundKey } from "./caller.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** The simulator as an operator starts it: a process of its own. */
async function startProcess(folder: string) {
  const child = spawn("node", ["scripts/simulators.ts"], {
    env: { ...process.env, SCAN2PAY_SIMULATOR_PORT: "0", STOREDESK_DATA: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  cleanUps.push(() => child.kill("SIGKILL"));
  const [line] = await once(child.stdout, "data");
  const origin = /http:\/\/\S+/.exec(String(line))?.[0] ?? "";
  const simulator = { origin, url: `${origin}/allpaypass/api/general` } as Simulator;
  return { child, caller: await callerOf(simulator) };
}

test("a killed simulator forgets neither money nor locks nor waiting faults", async () => {
  const folder = mkdtempSync(join(tmpdir(), "scan2pay-simulator-"));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const first = await startProcess(folder);
  const refund = (caller: Caller) =>
    caller.call("Refund", {
      ...{ StoreOrderNo: "K1", StoreRefundNo: "KR1", DeviceInfo: "skb0001" },
      ...{ RefundKey: refundKey, RefundFee: "100", RefundedMsg: "cold" },
    });
  await first.caller.control("POST", "orders", { storeOrderNo: "K1", totalFee: 100, state: "paid" });
  await first.caller.control("POST", "clock", { advanceMs: 3_600_000 });
  const before = [{ kind: "pay" }, { kind: "refund", amount: 100, storeRefundNo: "KR1" }];
  expect((await refund(first.caller)).code).toBe("0000");
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const second = await startProcess(folder);
  expect(await second.caller.control("GET", "effects")).toMatchObject(before);
  await second.caller.control("POST", "faults", { kind: "code", code: "9998", service: "OLPay" });
  const query = { StoreOrderNo: "K1" };
  expect((await second.caller.call("SingleOrderQuery", query)).code).toBe("0000");
  expect((await second.caller.call("SingleOrderQuery", query)).code).toBe("7145");
  second.child.kill("SIGKILL");
  await once(second.child, "exit");

  const third = await startProcess(folder);
  expect(await third.caller.control("GET", "effects")).toMatchObject(before);
  expect(await third.caller.control("GET", "faults")).toMatchObject([{ code: "9998" }]);
  expect((await refund(third.caller)).code).toBe("7145");
  await third.caller.control("POST", "unlock");
  expect((await refund(third.caller)).code).toBe("7003");
  third.child.kill("SIGTERM");
  expect(await once(third.child, "exit")).toEqual([0, null]);
});
