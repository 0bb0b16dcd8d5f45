import { randomUUID } from "node:crypto";
import type { Database } from "#lib/db/client.ts";
import {
  appSession,
  gatewayLane,
  merchantAccount,
  payOrder,
  staff,
  staffStore,
  store,
} from "#lib/db/schema.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";

/** A store with one Scan2Pay account, for tests of the books alone. */
export async function makeShop({ db }: Database, options: { isFullRefundOnly?: boolean } = {}) {
  const code = randomUUID().slice(0, 8);
  const [shop] = await db
    .insert(store)
    .values({ code, name: `店 ${code}`, timeZone: "Asia/Taipei", currency: "TWD" })
    .returning();
  if (!shop) throw new Error("no store");
  const [account] = await db
    .insert(merchantAccount)
    .values({
      slug: `acc-${code}`,
      storeId: shop.id,
      gateway: "scan2pay",
      currency: "TWD",
      config: {},
      sealedSecrets: Buffer.alloc(0),
      isFullRefundOnly: options.isFullRefundOnly ?? false,
    })
    .returning();
  if (!account) throw new Error("no account");
  await db.insert(gatewayLane).values({ accountId: account.id, gapMs: 2_100 });
  return { shop, account };
}

/** A member of staff of a store; password and PIN are not usable. */
export async function makeStaff({ db }: Database, storeId: string, role: Role) {
  const [person] = await db
    .insert(staff)
    .values({
      username: `${role}-${randomUUID().slice(0, 8)}`,
      name: role,
      role,
      passwordHash: "-",
      pinHash: "-",
    })
    .returning();
  if (!person) throw new Error("no staff");
  await db.insert(staffStore).values({ staffId: person.id, storeId });
  return person;
}

/** A session of a member of staff on a device, good for an hour. */
export async function makeSession({ db }: Database, staffId: string, deviceId: string): Promise<string> {
  const until = new Date(Date.now() + 3_600_000);
  const [session] = await db
    .insert(appSession)
    .values({ sidHash: randomUUID(), staffId, deviceId, idleUntil: until, absoluteUntil: until })
    .returning({ id: appSession.id });
  if (!session) throw new Error("no session");
  return session.id;
}

/** Somebody signed in, who works in these shops. */
export function staffWith(
  row: Awaited<ReturnType<typeof makeStaff>>,
  ...shops: { shop: { id: string } }[]
): CurrentStaff {
  const { id: staffId, personId, username, name } = row;
  return {
    ...{ staffId, personId, username, name, role: row.role },
    ...{ sessionId: randomUUID(), deviceId: "counter-1" },
    storeIds: shops.map(({ shop }) => shop.id),
  };
}

/** A paid order of an account. */
export async function makePaidOrder(
  { db }: Database,
  account: { id: string; storeId: string },
  paidMinor: number,
) {
  const [order] = await db
    .insert(payOrder)
    .values({
      accountId: account.id,
      storeId: account.storeId,
      orderNo: `PO${randomUUID().replaceAll("-", "").slice(0, 12)}`,
      currency: "TWD",
      gatewayState: "paid",
      amountMinor: paidMinor,
      paidMinor,
    })
    .returning();
  if (!order) throw new Error("no order");
  return order;
}
