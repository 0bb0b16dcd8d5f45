import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { appSession, auditEvent, staff, staffStore } from "#lib/db/schema.ts";
import type { CurrentStaff, Role } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { makeSession, makeShop, makeStaff, staffWith } from "#test/shop.ts";
import { changeOwnSecret } from "../own/change-secret.ts";
import { isRightSecret } from "../password.ts";
import { signIn } from "../sign-in.ts";
import { addStaff, type NewStaff } from "./add-staff.ts";
import { changeStaff } from "./change-staff.ts";
import { findPerson, readPeople } from "./people-in-sight.ts";
import { renewSecrets } from "./renew-secrets.ts";

const here = freshDatabase();
const db = () => here.database.db;
type Shop = Awaited<ReturnType<typeof makeShop>>;
const held: { here?: Shop; there?: Shop; owner?: CurrentStaff } = {};
const open = () => {
  if (!held.here || !held.there || !held.owner) throw new Error("the shops are there once the tests run");
  return { here: held.here, there: held.there, owner: held.owner };
};

async function hire(shop: Shop, role: Role): Promise<CurrentStaff> {
  const row = await makeStaff(here.database, shop.shop.id, role);
  const sessionId = await makeSession(here.database, row.id, "counter-1");
  return { ...staffWith(row, shop), sessionId };
}

beforeAll(async () => {
  held.here = await makeShop(here.database);
  held.there = await makeShop(here.database);
  held.owner = await hire(held.here, "owner");
});

const password = "four rainy umbrellas";
const wish = (changes: Partial<NewStaff> = {}): NewStaff => ({
  ...{
    username: `new-${crypto.randomUUID().slice(0, 8)}`,
    name: "小美",
    role: "cashier",
    password,
    pin: "135792",
  },
  storeIds: [open().here.shop.id],
  ...changes,
});
const lines = async (subject: string) =>
  (await db().select().from(auditEvent).where(eq(auditEvent.subject, subject))).map(
    ({ action, outcome }) => `${action} ${outcome}`,
  );
const liveSessions = async ({ staffId }: { staffId: string }) =>
  (await db().select().from(appSession).where(eq(appSession.staffId, staffId))).filter(
    ({ revokedAt }) => revokedAt === null,
  ).length;

describe("a new account", () => {
  test("is opened by an owner, works at once, and stands in the audit without its password", async () => {
    const one = wish();
    expect(await addStaff(here.database, open().owner, one)).toEqual({ ok: true, value: null });
    const entered = await signIn(here.database, { username: one.username, password, deviceId: "till-9" });
    expect(entered.ok).toBe(true);
    expect(await lines(one.username)).toEqual(["add-staff done", "sign-in done"]);
    const audit = JSON.stringify(await db().select().from(auditEvent));
    expect(audit).not.toContain(password);
    expect(audit).not.toContain(one.pin);
  });

  test("with a name that is taken is refused, also when two are opened in the same moment", async () => {
    const one = wish();
    const both = await Promise.all([
      addStaff(here.database, open().owner, one),
      addStaff(here.database, open().owner, one),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both).toContainEqual({ ok: false, refusal: { why: "usernameTaken" } });
    expect(await db().select().from(staff).where(eq(staff.username, one.username))).toHaveLength(1);
    expect((await lines(one.username)).toSorted()).toEqual(["add-staff done", "add-staff refused"]);
  });

  test("in a store of somebody else, or by anybody but an owner, is refused and on record", async () => {
    const away = wish({ storeIds: [open().there.shop.id] });
    expect(await addStaff(here.database, open().owner, away)).toEqual({
      ...{ ok: false, refusal: { why: "notYourStore" } },
    });
    for (const role of ["cashier", "manager", "auditor"] as const) {
      const one = wish();
      expect(await addStaff(here.database, await hire(open().here, role), one)).toEqual({
        ...{ ok: false, refusal: { why: "notAllowed" } },
      });
      expect(await lines(one.username)).toEqual(["add-staff refused"]);
      expect(await findPerson(db(), open().owner, one.username)).toBeNull();
    }
  });
});

test("T4: a password that leaked before is refused for a new account, a forgotten one and one's own, and it is on record", async () => {
  const common = "password1234";
  const refused = (field: string) => ({
    ...{ ok: false, refusal: { why: "badInput", fields: { [field]: "passwordCommon" } } },
  });
  const one = wish({ password: common });
  expect(await addStaff(here.database, open().owner, one)).toEqual(refused("password"));
  expect(await lines(one.username)).toEqual(["add-staff refused"]);
  expect(await findPerson(db(), open().owner, one.username)).toBeNull();
  const cashier = await hire(open().here, "cashier");
  const secrets = { username: cashier.username, password: common, pin: "135792" };
  expect(await renewSecrets(here.database, open().owner, secrets)).toEqual(refused("password"));
  expect(await liveSessions(cashier)).toBe(1);
  expect(await lines(cashier.username)).toEqual(["renew-secrets refused"]);
  const change = { what: "password", current: password, next: common } as const;
  expect(await changeOwnSecret(here.database, cashier, change)).toEqual(refused("next"));
});

describe("an account is changed", () => {
  test("closing it ends its sessions in the same moment, and nobody signs in with it any more", async () => {
    const one = await hire(open().here, "cashier");
    expect(await liveSessions(one)).toBe(1);
    expect(
      await changeStaff(here.database, open().owner, { username: one.username, isActive: false }),
    ).toMatchObject({ ok: true });
    expect(await liveSessions(one)).toBe(0);
    expect(await lines(one.username)).toEqual(["change-staff done"]);
  });

  test("a name alone ends no session; a role does, and is a line of its own", async () => {
    const one = await hire(open().here, "cashier");
    const change = (what: object) =>
      changeStaff(here.database, open().owner, { username: one.username, ...what });
    await change({ name: "王小明" });
    expect(await liveSessions(one)).toBe(1);
    await change({ role: "manager" });
    expect(await liveSessions(one)).toBe(0);
    expect(await lines(one.username)).toEqual(["change-staff done", "raise-staff-role done"]);
  });

  test("stores of another owner stay as they are", async () => {
    const one = await hire(open().here, "cashier");
    await db().insert(staffStore).values({ staffId: one.staffId, storeId: open().there.shop.id });
    await changeStaff(here.database, open().owner, { username: one.username, storeIds: [] });
    const left = await db().select().from(staffStore).where(eq(staffStore.staffId, one.staffId));
    expect(left.map(({ storeId }) => storeId)).toEqual([open().there.shop.id]);
  });

  test("people of another shop are not there, whoever asks and by whichever way", async () => {
    const stranger = await hire(open().there, "cashier");
    const { owner } = open();
    const refused = { ok: false, refusal: { why: "notFound" } };
    expect(await changeStaff(here.database, owner, { username: stranger.username, name: "x" })).toEqual(
      refused,
    );
    expect(
      await renewSecrets(here.database, owner, { username: stranger.username, password, pin: "135792" }),
    ).toEqual(refused);
    expect((await readPeople(db(), owner)).map(({ username }) => username)).not.toContain(stranger.username);
  });

  test("scenario 48: nobody changes themselves, under whichever of their accounts, and the last owner stays", async () => {
    const { owner } = open();
    const twin = await hire(open().here, "manager");
    await db().update(staff).set({ personId: owner.personId }).where(eq(staff.id, twin.staffId));
    for (const username of [owner.username, twin.username]) {
      for (const change of [{ role: "cashier" as const }, { isActive: false }, { storeIds: [] }]) {
        expect(await changeStaff(here.database, owner, { username, ...change })).toEqual({
          ...{ ok: false, refusal: { why: "notYourself" } },
        });
      }
    }
    expect(await findPerson(db(), owner, owner.username)).toMatchObject({ role: "owner", isActive: true });
  });

  test("two owners who close each other in the same moment: one stays", async () => {
    const shop = await makeShop(here.database);
    const [one, other] = await Promise.all([hire(shop, "owner"), hire(shop, "owner")]);
    const close = (by: CurrentStaff, whom: CurrentStaff) =>
      changeStaff(here.database, by, { username: whom.username, isActive: false });
    const both = await Promise.all([close(one, other), close(other, one)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

test("a forgotten password: a new one and a new PIN, every session ended, the lock lifted", async () => {
  const one = await hire(open().here, "cashier");
  const wrong = () =>
    signIn(here.database, { username: one.username, password: "no", deviceId: "counter-1" });
  for (let n = 0; n < 10; n += 1) await wrong();
  expect(await wrong()).toMatchObject({ refusal: { why: "locked" } });
  const renew = (by: CurrentStaff) =>
    renewSecrets(here.database, by, { username: one.username, password, pin: "135792" });
  expect(await renew(await hire(open().here, "manager"))).toEqual({
    ok: false,
    refusal: { why: "notAllowed" },
  });
  expect(await renew(open().owner)).toEqual({ ok: true, value: null });
  expect(await liveSessions(one)).toBe(0);
  const [row] = await db().select().from(staff).where(eq(staff.id, one.staffId));
  expect(await isRightSecret(row?.pinHash ?? null, "135792")).toBe(true);
  const entered = await signIn(here.database, { username: one.username, password, deviceId: "counter-1" });
  expect(entered.ok).toBe(true);
});
