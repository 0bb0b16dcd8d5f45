/** Fills the demo: two stores with their accounts and staff, and orders in every state at both simulators. */
import { appDatabase } from "#lib/db/pool.ts";
import { demoShop } from "#lib/domain/demo-shop.ts";
import { provision } from "#lib/use-cases/provision.ts";
import type { DemoOrder } from "./demo/control.ts";
import { fillSiam, siamAccount, siamSimulatorPage, siamStore } from "./demo/siam.ts";
import { demoStaff } from "./demo/staff.ts";
import { fillXinyi, xinyiAccount, xinyiSimulatorPage, xinyiStore } from "./demo/xinyi.ts";

const shop = {
  stores: [xinyiStore, siamStore],
  merchantAccounts: [await xinyiAccount(), await siamAccount()],
  staff: demoStaff,
};
const answer = await provision(appDatabase(), shop, { isDemo: true });
await appDatabase().pool.end();
if (!answer.ok) {
  console.error(answer.refusal);
  process.exit(1);
}

function tell(shop: string, orders: readonly DemoOrder[], simulatorPage: string): void {
  console.log(`${shop}, orders to try (play customer and gateway on ${simulatorPage}):`);
  for (const { no, says } of orders) console.log(`  ${no}  ${says}`);
}

const [atXinyi, atSiam] = [await fillXinyi(), await fillSiam()];
tell("信義店", atXinyi, xinyiSimulatorPage);
tell("Siam", atSiam, siamSimulatorPage);
const names = demoStaff.map(({ username }) => username);
console.log(
  `Sign in as ${names.slice(0, -1).join(", ")} or ${names.at(-1)}; password ${demoShop.password}, PIN ${demoShop.pin}`,
);
