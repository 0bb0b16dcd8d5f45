/** The gateway simulators alone. Loopback only; what they know is kept under STOREDESK_DATA. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { startScan2PaySimulator } from "#lib/gateway/scan2pay/simulator/server.ts";

const data = resolve(process.env.STOREDESK_DATA ?? ".data");
mkdirSync(data, { recursive: true });
const scan2pay = await startScan2PaySimulator({
  port: Number(process.env.SCAN2PAY_SIMULATOR_PORT ?? 4010),
  stateFile: join(data, "scan2pay-simulator.json"),
});
console.log(`Scan2Pay simulator on ${scan2pay.origin}`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void scan2pay.close().then(() => process.exit(0)));
}
