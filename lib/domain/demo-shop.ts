import type { Role } from "./staff.ts";

/** Who one can be in the demo and with what; only ever sent to a browser in demo mode. */
export type DemoShop = {
  readonly password: string;
  readonly pin: string;
  readonly accounts: readonly { readonly username: string; readonly role: Role; readonly stores: string }[];
};

/** The demo's merchant accounts and the merchants that the simulators made up for them: all that a drill may work with. */
export const demoMerchants = { xinyi: "S2PSIM0001", siam: "mch99001" } as const;

/** The accounts of the demo shop (contract, "Demo accounts"). */
export const demoShop: DemoShop = {
  password: "storedesk-demo",
  pin: "246810",
  accounts: [
    { username: "cashier", role: "cashier", stores: "信義店" },
    { username: "manager", role: "manager", stores: "信義店" },
    { username: "manager2", role: "manager", stores: "信義店" },
    { username: "siam-cashier", role: "cashier", stores: "Siam" },
    { username: "siam-manager", role: "manager", stores: "Siam" },
    { username: "owner", role: "owner", stores: "信義店, Siam" },
    { username: "auditor", role: "auditor", stores: "" },
  ],
};
