import { randomUUID } from "node:crypto";
import { eq, getTableName, isTable } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { sessionCookie } from "#lib/auth/options.ts";
import { hashSecret } from "#lib/auth/password.ts";
import { sidHash } from "#lib/auth/session/open-session.ts";
import type { Database } from "#lib/db/client.ts";
import { ownRing } from "#lib/db/keys/master-key.ts";
import * as schema from "#lib/db/schema.ts";
import { appSession, gatewayLane, merchantAccount, staff, staffStore } from "#lib/db/schema.ts";
import { sealSecrets } from "#lib/db/seal.ts";
import { type Role, roles } from "#lib/domain/staff.ts";
import { env } from "#lib/env.ts";
import { makeShop, makeStaff } from "#test/shop.ts";
import { openScan2Pay } from "#test/test-gateway.ts";

/** How somebody stands to the store whose things they reach for. */
export const standings = ["works there", "works elsewhere", "works nowhere", "is signed out"] as const;
export type Standing = (typeof standings)[number];

export const pin = "918273";
export const password = "four rainy umbrellas";
export type Shop = Awaited<ReturnType<typeof makeShop>>;
export type Person = Awaited<ReturnType<typeof makeStaff>> & { readonly deviceId: string };
export type World = Awaited<ReturnType<typeof buildWorld>>;

/** Two stores with their gateway, one person of each role in each standing to the first, and the colleagues whose things they reach for. */
export async function buildWorld(database: Database) {
  const { db } = database;
  const [pinHash, passwordHash] = await Promise.all([hashSecret(pin), hashSecret(password)]);
  const shop = await makeShop(database);
  const elsewhere = await makeShop(database);
  const simulator = await openGateway(database, [shop, elsewhere]);

  async function hire(at: Shop, role: Role): Promise<Person> {
    const row = await makeStaff(database, at.shop.id, role);
    await db.update(staff).set({ pinHash, passwordHash }).where(eq(staff.id, row.id));
    return { ...row, deviceId: `device-${row.username}` };
  }
  const people = new Map<string, Person>();
  for (const role of roles)
    for (const standing of standings) {
      const person = await hire(standing === "works elsewhere" ? elsewhere : shop, role);
      if (standing === "works nowhere") await db.delete(staffStore).where(eq(staffStore.staffId, person.id));
      people.set(`${role} ${standing}`, person);
    }
  return {
    database,
    shop,
    asker: await hire(shop, "cashier"),
    boss: await hire(shop, "manager"),
    /** The account's settings as a file or a page would bring them. */
    entry: simulator.entry,
    hire: (role: Role) => hire(shop, role),
    personAs(role: Role, standing: Standing): Person {
      const person = people.get(`${role} ${standing}`);
      if (!person) throw new Error(`no ${role} who ${standing}`);
      return person;
    },
    /** A new session of this person: the cookies of their browser. */
    async signIn(person: Person, standing: Standing): Promise<Map<string, string>> {
      const sid = randomUUID();
      const until = new Date(Date.now() + 3_600_000);
      await db.insert(appSession).values({
        ...{ sidHash: sidHash(sid), staffId: person.id, deviceId: person.deviceId },
        ...{ idleUntil: until, absoluteUntil: until },
        ...(standing === "is signed out" ? { revokedAt: new Date() } : {}),
      });
      return new Map([
        [sessionCookie().name, await encode({ token: { sid }, secret: env().NEXTAUTH_SECRET })],
      ]);
    },
    close: () => simulator.close(),
  };
}

async function openGateway({ db }: Database, shops: readonly Shop[]) {
  const simulator = await openScan2Pay({ slug: "any", canPartial: true });
  const { config, secrets } = simulator.settings;
  for (const { account } of shops)
    await db
      .update(merchantAccount)
      .set({ config, sealedSecrets: sealSecrets(ownRing().main, account.slug, secrets) })
      .where(eq(merchantAccount.id, account.id));
  await db.update(gatewayLane).set({ gapMs: 60 });
  return simulator;
}

const everyTable = Object.values(schema)
  .flatMap((one: unknown) => (isTable(one) ? [getTableName(one)] : []))
  .map(
    (name) =>
      `select '${name}' as name, count(*) || '/' || coalesce(max(xmin::text::int8), 0) as stamp from ${name}`,
  )
  .join(" union all ");

/** What the database holds, table by table, so that any insert, update or delete shows. (As an object it is planned once.) */
export async function stampTables({ pool }: Database): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ name: string; stamp: string }>({ text: everyTable });
  return new Map(rows.map(({ name, stamp }) => [name, stamp]));
}

/** The tables that are not as they were. */
export function changedSince(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].flatMap(([name, stamp]) => (before.get(name) === stamp ? [] : [name]));
}
