import { eq, sql } from "drizzle-orm";
import { changeSignInRulesAction } from "#app/(staff)/admin/sign-in/actions.ts";
import { resetFactorAction } from "#app/(staff)/admin/staff/actions.ts";
import { beginFactorAction, confirmFactorAction, removeFactorAction } from "#app/(staff)/me/actions.ts";
import { confirmCodeAction, signInAction } from "#app/signin/actions.ts";
import { ownRing } from "#lib/db/keys/master-key.ts";
import { recoveryCode, secondFactor } from "#lib/db/schema.ts";
import { sealFactor } from "#lib/db/seal.ts";
import { appCode } from "#test/second-factor.ts";
import { makeSession } from "#test/shop.ts";
import { type Cell, everybody, type Row } from "./row.ts";
import { password } from "./world.ts";

const own = (name: string) => `app/(staff)/me/actions.ts ${name}`;
const step = (name: string) => `app/signin/actions.ts ${name}`;
const seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/** Nobody has a second factor before the row begins. */
async function without({ world: { database }, who }: Pick<Cell, "world" | "who">): Promise<void> {
  await database.db.delete(recoveryCode).where(eq(recoveryCode.staffId, who.id));
  await database.db.delete(secondFactor).where(eq(secondFactor.staffId, who.id));
}

/** A factor that is on, or still offered. */
async function withFactor(cell: Pick<Cell, "world" | "who">, { isOn }: { isOn: boolean }): Promise<void> {
  const { world, who } = cell;
  await without(cell);
  const sessionId = await makeSession(world.database, who.id, who.deviceId);
  await world.database.db.insert(secondFactor).values({
    ...{
      staffId: who.id,
      sessionId,
      sealed: sealFactor(ownRing().main, who.id, { seed, codes: ["ABCDE23456"] }),
    },
    ...(isOn ? { confirmedAt: sql`clock_timestamp()`, lastStep: 0 } : {}),
  });
}

/** The session they came with, as long as it stands. */
const theirs = ({ id }: { id: string }) => sql`(
  select id from (select id, revoked_at from app_session where staff_id = ${id} order by created_at desc limit 1) newest
   where revoked_at is null)`;

/** One's own second factor, and the second step of signing in. */
export const factors: readonly Row[] = [
  {
    ...{ name: own("beginFactorAction"), scope: "house", kind: "deed", may: everybody },
    covers: [own("beginFactorAction")],
    arrange: async (cell) => {
      await without(cell);
      return { call: () => beginFactorAction({}) };
    },
  },
  {
    ...{ name: own("confirmFactorAction"), scope: "house", kind: "deed", may: everybody },
    covers: [own("confirmFactorAction")],
    arrange: async (cell) => {
      await withFactor(cell, { isOn: false });
      const { world, who } = cell;
      return {
        prepare: () =>
          world.database.db.execute(sql`
            update second_factor set session_id = coalesce(${theirs(who)}, session_id) where staff_id = ${who.id}`),
        call: () => confirmFactorAction({ code: appCode(seed) }),
      };
    },
  },
  {
    ...{ name: own("removeFactorAction"), scope: "house", kind: "deed", may: everybody },
    covers: [own("removeFactorAction")],
    arrange: async (cell) => {
      await withFactor(cell, { isOn: true });
      return { call: () => removeFactorAction({ proof: appCode(seed) }) };
    },
  },
  {
    ...{ name: step("confirmCodeAction"), scope: "house", kind: "deed", may: everybody },
    ...{ isAlike: true, covers: [step("confirmCodeAction")] },
    arrange: async (cell) => {
      await withFactor(cell, { isOn: true });
      const { world, who } = cell;
      const form = new FormData();
      form.set("code", appCode(seed));
      return {
        prepare: () =>
          world.database.db.execute(sql`update app_session set awaits_code = true where id = ${theirs(who)}`),
        call: () => confirmCodeAction(form).catch((error: Error) => error.message),
      };
    },
  },
  {
    ...{
      name: "app/(staff)/admin/staff/actions.ts resetFactorAction",
      scope: "store",
      kind: "deed",
      may: ["owner"],
    },
    ...{ permission: "reset-factor", covers: ["app/(staff)/admin/staff/actions.ts resetFactorAction"] },
    arrange: async ({ world }) => {
      const person = await world.hire("manager");
      await withFactor({ world, who: person }, { isOn: true });
      return { call: () => resetFactorAction({ username: person.username }) };
    },
  },
  {
    ...{ name: "app/(staff)/admin/sign-in/actions.ts changeSignInRulesAction", scope: "house", kind: "deed" },
    ...{ may: ["owner"], permission: "change-sign-in" },
    covers: ["app/(staff)/admin/sign-in/actions.ts changeSignInRulesAction"],
    // The rule as it is: a demand would lead everybody else of this table to the page where it is set up.
    arrange: async () => ({ call: () => changeSignInRulesAction({ needing: [] }) }),
  },
  {
    ...{ name: step("signInAction"), scope: "public", kind: "deed", may: everybody },
    covers: [step("signInAction")],
    arrange: async ({ world }) => {
      const { username } = await world.hire("cashier");
      const form = new FormData();
      form.set("username", username);
      form.set("password", password);
      return { call: () => signInAction(form).catch((error: Error) => error.message) };
    },
  },
];
