/** The people of the demo shops, as the sign-in page lists them. */
import { demoShop } from "#lib/domain/demo-shop.ts";

const people: { readonly [username: string]: { readonly name: string; readonly stores: readonly string[] } } =
  {
    cashier: { name: "林小美", stores: ["00001"] },
    manager: { name: "陳店長", stores: ["00001"] },
    manager2: { name: "黃副店長", stores: ["00001"] },
    "siam-cashier": { name: "น้ำฝน", stores: ["00002"] },
    "siam-manager": { name: "ผู้จัดการธนา", stores: ["00002"] },
    owner: { name: "王老闆", stores: ["00001", "00002"] },
    auditor: { name: "稽核", stores: [] },
  };

const { password, pin } = demoShop;

export const demoStaff = demoShop.accounts.map(({ username, role }) => {
  const person = people[username];
  if (!person) throw new Error(`the demo has no person called ${username}`);
  return { username, ...person, role, password, pin, refundLimitMinor: 0 };
});
