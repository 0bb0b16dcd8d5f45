import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import {
  addStaffAction,
  agreeRoleAction,
  changeLimitsAction,
  changeStaffAction,
  declineRoleAction,
  renewSecretsAction,
} from "#app/(staff)/admin/staff/actions.ts";
import {
  changeOwnSecretAction,
  endDeputyAction,
  endOwnSessionsAction,
  nameDeputyAction,
} from "#app/(staff)/me/actions.ts";
import { roleWish } from "#lib/db/schema.ts";
import { makeSession } from "#test/shop.ts";
import { type Cell, deciders, everybody, type Row } from "./row.ts";
import { deputyship } from "./things.ts";
import { password } from "./world.ts";

const admin = (name: string) => `app/(staff)/admin/staff/actions.ts ${name}`;
const own = (name: string) => `app/(staff)/me/actions.ts ${name}`;
const fresh = { password: "seven dry umbrellas", pin: "135792" };

const inTheStore = (world: Cell["world"], username: string) => ({
  ...{ username, name: "小美", role: "manager", storeIds: [world.shop.shop.id] },
});

/** A cashier for whom an owner wishes the manager's role. */
async function wishedFor(world: Cell["world"]) {
  const [person, owner] = [await world.hire("cashier"), await world.hire("owner")];
  await world.database.db.insert(roleWish).values({
    ...{ staffId: person.id, role: "manager", askedBy: owner.id, askedPerson: randomUUID() },
    askedAt: sql`clock_timestamp()`,
  });
  return person;
}

/** What owners do to accounts, and everybody to their own. */
export const accounts: readonly Row[] = [
  {
    ...{ name: admin("addStaffAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "add-staff", covers: [admin("addStaffAction")] },
    arrange: async ({ world }) => {
      const input = { ...inTheStore(world, `new-${randomUUID().slice(0, 8)}`), ...fresh };
      return { call: () => addStaffAction(input) };
    },
  },
  {
    ...{ name: admin("changeStaffAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "change-staff", covers: [admin("changeStaffAction")] },
    arrange: async ({ world }) => {
      const { username } = await world.hire("cashier");
      return { call: () => changeStaffAction({ ...inTheStore(world, username), isActive: true }) };
    },
  },
  {
    ...{ name: admin("agreeRoleAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "change-staff", covers: [admin("agreeRoleAction")] },
    arrange: async ({ world }) => {
      const { username } = await wishedFor(world);
      return { call: () => agreeRoleAction({ username, role: "manager" }) };
    },
  },
  {
    ...{ name: admin("declineRoleAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "change-staff", covers: [admin("declineRoleAction")] },
    arrange: async ({ world }) => {
      const { username } = await wishedFor(world);
      return { call: () => declineRoleAction({ username }) };
    },
  },
  {
    ...{ name: admin("renewSecretsAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "renew-secrets", covers: [admin("renewSecretsAction")] },
    arrange: async ({ world }) => {
      const { username } = await world.hire("cashier");
      return { call: () => renewSecretsAction({ username, ...fresh }) };
    },
  },
  {
    ...{ name: admin("changeLimitsAction"), scope: "store", kind: "deed", may: ["owner"] },
    ...{ permission: "change-limits", covers: [admin("changeLimitsAction")] },
    arrange: async ({ world }) => {
      const { username } = await world.hire("cashier");
      const limits = { perRefund: "500", dayCount: "3", daySum: "1000", saleDays: "7" };
      return { call: () => changeLimitsAction({ username, ...limits }) };
    },
  },
  {
    ...{ name: own("changeOwnSecretAction"), scope: "house", kind: "deed", may: everybody },
    covers: [own("changeOwnSecretAction")],
    arrange: async () => {
      const input = { what: "password", current: password, next: fresh.password };
      return { call: () => changeOwnSecretAction(input) };
    },
  },
  {
    ...{ name: own("endOwnSessionsAction"), scope: "person", kind: "deed", may: everybody },
    covers: [own("endOwnSessionsAction")],
    arrange: async ({ world, who, isTheirs }) => {
      const owner = isTheirs ? who : world.boss;
      const sessionId = await makeSession(world.database, owner.id, owner.deviceId);
      return { call: () => endOwnSessionsAction({ sessionId }) };
    },
  },
  {
    ...{ name: own("nameDeputyAction"), scope: "store", kind: "deed", may: deciders },
    ...{ permission: "name-deputy", covers: [own("nameDeputyAction"), "nameDeputy"] },
    arrange: async ({ world }) => {
      const { id: deputyId } = await world.hire("manager");
      return { call: () => nameDeputyAction({ deputyId, fromOn: "2999-01-01", untilOn: "2999-01-02" }) };
    },
  },
  {
    ...{ name: own("endDeputyAction"), scope: "person", kind: "deed", may: deciders },
    ...{ permission: "end-deputy", covers: [own("endDeputyAction"), "endDeputy"] },
    arrange: async ({ world, who, isTheirs }) => {
      const id = await deputyship(world, isTheirs ? who : world.boss);
      return { call: () => endDeputyAction({ id }) };
    },
  },
];
