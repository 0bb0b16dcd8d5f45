import { eq } from "drizzle-orm";
import { beforeAll } from "vitest";
import { hashSecret } from "#lib/auth/password.ts";
import type { Database } from "#lib/db/client.ts";
import { staff } from "#lib/db/schema.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "./shop.ts";

/** A shop whose people all have one password; it is hashed once. */
export function peopleWith(password: string, here: { readonly database: Database }) {
  const held: { shop?: Awaited<ReturnType<typeof makeShop>>; passwordHash: string } = { passwordHash: "" };
  beforeAll(async () => {
    held.shop = await makeShop(here.database);
    held.passwordHash = await hashSecret(password);
  });

  async function hire(role: Role) {
    if (!held.shop) throw new Error("the shop is there once the tests run");
    const row = await makeStaff(here.database, held.shop.shop.id, role);
    await here.database.db.update(staff).set({ passwordHash: held.passwordHash }).where(eq(staff.id, row.id));
    return staffWith(row, held.shop);
  }

  /** Somebody at counter-1, who is also signed in on a phone. */
  async function atCounterAndPhone(role: Role): Promise<CurrentStaff> {
    const who = await hire(role);
    const sessionId = await makeSession(here.database, who.staffId, "counter-1");
    await makeSession(here.database, who.staffId, "phone");
    return { ...who, sessionId };
  }

  return { hire, atCounterAndPhone };
}
