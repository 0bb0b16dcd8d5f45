/** The gateway simulators alone. Loopback only; what they know is kept under STOREDESK_DATA. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { startKsherSimulator } from "#lib/gateway/ksher/simulator/server.ts";
import { startScan2PaySimulator } from "#lib/gateway/scan2pay/simulator/server.ts";

const data = resolve(process.env.STOREDESK_DATA ?? ".data");
mkdirSync(data, { recursive: true });
const scan2pay = await startScan2PaySimulator({
  port: Number(process.env.SCAN2PAY_SIMULATOR_PORT ?? 4010),
  stateFile: join(data, "scan2pay-simulator.json"),
});
console.log(`Scan2Pay simulator on ${scan2pay.origin}`);
const ksher = await startKsherSimulator({
  port: Number(process.env.KSHER_SIMULATOR_PORT ?? 4020),
  stateFile: join(data, "ksher-simulator.json"),
});
console.log(`Ksher simulator on ${ksher.origin}`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void Promise.all([scan2pay.close(), ksher.close()]).then(() => process.exit(0));
  });
}
