import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { appSession, auditEvent, signInRule } from "#lib/db/schema.ts";
import { withTx } from "#lib/db/with-tx.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { setUpFactor } from "#test/second-factor.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { readCounterApprover } from "../counter-approver.ts";
import { readSession } from "../current-staff.ts";
import { hasFactor } from "../factor/has-factor.ts";
import { resetFactor } from "../factor/reset-factor.ts";
import { rightsNow } from "../rights-now.ts";
import { openSession } from "../session/open-session.ts";
import { changeSignInRules, listSignInRules } from "./sign-in-rules.ts";

const here = freshDatabase();
const db = () => here.database.db;
type Shop = Awaited<ReturnType<typeof makeShop>>;
const held: { shop?: Shop; owner?: CurrentStaff } = {};
const open = () => {
  if (!held.shop || !held.owner) throw new Error("the shop is there once the tests run");
  return { shop: held.shop, owner: held.owner };
};

beforeAll(async () => {
  held.shop = await makeShop(here.database);
  held.owner = await hire("owner");
});

async function hire(role: Role, shop = held.shop): Promise<CurrentStaff> {
  if (!shop) throw new Error("no shop");
  const row = await makeStaff(here.database, shop.shop.id, role);
  const sessionId = await makeSession(here.database, row.id, "counter-1");
  return { ...staffWith(row, shop), sessionId };
}
/** A session as sign-in opens it, and how far it is now. */
async function enter(who: CurrentStaff) {
  const sid = await withTx(here.database, (tx) => openSession(tx, who));
  return { stage: async () => (await readSession(here.database, sid, { isAction: true }))?.stage ?? null };
}
const demand = (by: CurrentStaff, ...needing: Role[]) => changeSignInRules(here.database, by, { needing });
const reset = (by: CurrentStaff, username: string) => resetFactor(here.database, by, { username });
const lines = async (action: string, subject: string) =>
  (
    await db()
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.action, action), eq(auditEvent.subject, subject)))
  ).map(({ outcome, facts }) => [outcome, facts.why].filter(Boolean).join(" "));

describe("a role that needs a second factor", () => {
  test("T4: a manager without one does nothing but set it up, from the next click on; cashiers go on as before", async () => {
    const [manager, cashier] = [await hire("manager"), await hire("cashier")];
    const [desk, till] = [await enter(manager), await enter(cashier)];
    expect(await desk.stage()).toBe("in");
    expect(await demand(open().owner, "manager")).toEqual({ ok: true, value: null });
    expect([await desk.stage(), await till.stage()]).toEqual(["setUp", "in"]);
    expect(await withTx(here.database, (tx) => rightsNow(tx, manager))).toBe(null);
    expect(await readCounterApprover(here.database, cashier, manager.staffId)).toBe(null);
    await setUpFactor(here.database, manager);
    expect((await withTx(here.database, (tx) => rightsNow(tx, manager)))?.role).toBe("manager");
    expect((await readCounterApprover(here.database, cashier, manager.staffId))?.role).toBe("manager");
    expect(await demand(open().owner)).toEqual({ ok: true, value: null });
    expect(await lines("change-sign-in", "manager")).toEqual(["done"]);
    expect(await lines("change-sign-in", "–")).toEqual(["done"]);
  });

  test("is said by owners alone; pressed twice it stays, and the page counts who is ready", async () => {
    const shop = await makeShop(here.database);
    const [owner, ready, manager] = [
      await hire("owner", shop),
      await hire("manager", shop),
      await hire("manager", shop),
    ];
    await setUpFactor(here.database, ready);
    for (const role of ["cashier", "manager", "auditor"] as const)
      expect(await demand(await hire(role, shop), "owner")).toEqual({
        ...{ ok: false, refusal: { why: "notAllowed" } },
      });
    expect(await lines("change-sign-in", "owner")).toEqual(
      Array.from({ length: 3 }, () => "refused notAllowed"),
    );
    await demand(owner, "manager");
    await demand(owner, "manager");
    const rules = await listSignInRules(here.database, owner);
    expect(rules.map(({ role, needsFactor }) => [role, needsFactor])).toEqual([
      ["cashier", false],
      ["manager", true],
      ["owner", false],
      ["auditor", false],
    ]);
    expect(rules[1]).toMatchObject({ people: 3, withFactor: 1 });
    expect(await (await enter(manager)).stage()).toBe("setUp");
    await db().delete(signInRule);
    expect(await (await enter(manager)).stage()).toBe("in");
  });
});

describe("an owner's reset of a lost second factor", () => {
  test("takes it away and ends every session of the account, once, and is on record", async () => {
    const manager = await hire("manager");
    await setUpFactor(here.database, manager);
    const desk = await enter(manager);
    expect(await reset(open().owner, manager.username)).toEqual({ ok: true, value: null });
    expect(await hasFactor(here.database, manager.staffId)).toBe(false);
    expect(await desk.stage()).toBe(null);
    const left = await db().select().from(appSession).where(eq(appSession.staffId, manager.staffId));
    expect(left.every(({ revokedAt }) => revokedAt !== null)).toBe(true);
    expect(await reset(open().owner, manager.username)).toEqual({ ok: false, refusal: { why: "noFactor" } });
    expect(await lines("reset-factor", manager.username)).toEqual(["done", "refused noFactor"]);
  });

  test("is not for oneself, not for people of another shop, and not for managers to do", async () => {
    const { owner } = open();
    const elsewhere = await hire("manager", await makeShop(here.database));
    for (const one of [owner, elsewhere]) await setUpFactor(here.database, one);
    expect(await reset(owner, owner.username)).toMatchObject({ refusal: { why: "notYourself" } });
    expect(await reset(owner, elsewhere.username)).toMatchObject({ refusal: { why: "notFound" } });
    expect(await reset(await hire("manager"), owner.username)).toMatchObject({
      refusal: { why: "notAllowed" },
    });
    for (const one of [owner, elsewhere]) expect(await hasFactor(here.database, one.staffId)).toBe(true);
    expect(await lines("reset-factor", owner.username)).toEqual([
      "refused notYourself",
      "refused notAllowed",
    ]);
  });
});
