import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEvent, recoveryCode, secondFactor } from "#lib/db/schema.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { peopleWith } from "#test/people.ts";
import { appCode, setUpFactor, stepMs } from "#test/second-factor.ts";
import { readSession, readStaff } from "../current-staff.ts";
import { listNotices } from "../notices.ts";
import { listOwnSessions } from "../own/sessions.ts";
import { confirmSignIn } from "../session/confirm-sign-in.ts";
import { signIn } from "../sign-in.ts";
import { beginFactor, viewOwnFactor } from "./begin-factor.ts";
import { confirmFactor } from "./confirm-factor.ts";
import { removeOwnFactor } from "./remove-factor.ts";

const here = freshDatabase();
const db = () => here.database.db;
const password = "four rainy umbrellas";
const { atCounterAndPhone } = peopleWith(password, here);
const somebody = () => atCounterAndPhone("manager");

const lines = async ({ staffId }: CurrentStaff) =>
  (await db().select().from(auditEvent).where(eq(auditEvent.staffId, staffId)).orderBy(auditEvent.seq)).map(
    ({ action, outcome, facts }) => [action, outcome, facts.why].filter(Boolean).join(" "),
  );

/** The password at a device: the session that waits for the code. */
async function half(me: CurrentStaff, deviceId = "counter-1") {
  const answer = await signIn(here.database, { username: me.username, password, deviceId });
  if (!answer.ok) throw new Error(answer.refusal.why);
  const session = await readSession(here.database, answer.value, { isAction: false });
  if (!session) throw new Error("no session");
  return { sid: answer.value, ...session };
}
const confirm = async (me: CurrentStaff, code: string, deviceId?: string) =>
  confirmSignIn(here.database, (await half(me, deviceId)).staff, { code });
const wrong = { ok: false, refusal: { why: "wrongCode" } };

describe("setting it up", () => {
  test("key and recovery codes are shown in this session until a code confirms them, and never again", async () => {
    const me = await somebody();
    expect(await viewOwnFactor(here.database, me)).toEqual({ state: "none" });
    await beginFactor(here.database, me);
    const offered = await viewOwnFactor(here.database, me);
    if (offered.state !== "offered") throw new Error(offered.state);
    expect(offered.offer.codes).toHaveLength(10);
    const elsewhere = { ...me, sessionId: (await somebody()).sessionId };
    expect(await viewOwnFactor(here.database, elsewhere)).toEqual({ state: "none" });
    const bad = await confirmFactor(here.database, me, { code: "000000" });
    expect(bad).toEqual({ ok: false, refusal: { why: "badInput", fields: { code: "wrongCode" } } });
    const code = appCode(offered.offer.seedText);
    expect(await confirmFactor(here.database, elsewhere, { code })).toMatchObject({
      refusal: { why: "nothingOffered" },
    });
    expect(await confirmFactor(here.database, me, { code })).toEqual({ ok: true, value: null });
    expect(await viewOwnFactor(here.database, me)).toMatchObject({ state: "on", codesLeft: 10 });
    expect((await listOwnSessions(here.database, me)).map(({ isThis }) => isThis)).toEqual([true]);
    expect(await beginFactor(here.database, me)).toEqual({ ok: false, refusal: { why: "hasFactor" } });
    expect(await lines(me)).toEqual([
      "begin-factor done",
      "set-up-factor refused wrongCode",
      "set-up-factor refused nothingOffered",
      "set-up-factor done",
      "begin-factor refused hasFactor",
    ]);
  });

  test("an offer that nobody confirmed in a quarter of an hour is over, and counts for nothing at sign-in", async () => {
    const me = await somebody();
    await beginFactor(here.database, me);
    const offered = await viewOwnFactor(here.database, me);
    if (offered.state !== "offered") throw new Error(offered.state);
    await db()
      .update(secondFactor)
      .set({ begunAt: sql`clock_timestamp() - interval '901 seconds'` })
      .where(eq(secondFactor.staffId, me.staffId));
    expect(await viewOwnFactor(here.database, me)).toEqual({ state: "none" });
    const late = await confirmFactor(here.database, me, { code: appCode(offered.offer.seedText) });
    expect(late).toMatchObject({ refusal: { why: "nothingOffered" } });
    expect((await half(me)).stage).toBe("in");
  });
});

describe("signing in with it", () => {
  test("T10: the password alone opens nothing; the code opens a session of its own, and the one that waited is over", async () => {
    const me = await somebody();
    const { seedText } = await setUpFactor(here.database, me);
    const waiting = await half(me);
    expect(waiting.stage).toBe("code");
    expect(await readStaff(here.database, waiting.sid, { isAction: true })).toBe(null);
    const answer = await confirmSignIn(here.database, waiting.staff, { code: appCode(seedText) });
    if (!answer.ok) throw new Error(answer.refusal.why);
    expect(answer.value).not.toBe(waiting.sid);
    expect((await readStaff(here.database, answer.value, { isAction: true }))?.staffId).toBe(me.staffId);
    expect(await readSession(here.database, waiting.sid, { isAction: false })).toBe(null);
    const again = await confirmSignIn(here.database, waiting.staff, {
      code: appCode(seedText, Date.now() + stepMs),
    });
    expect(again).toEqual({ ok: false, refusal: { why: "signedOut" } });
  });

  test("T4: a code is good once, an older one not after it, and two at the same moment let one in", async () => {
    const me = await somebody();
    const { seedText } = await setUpFactor(here.database, me);
    expect(await confirm(me, appCode(seedText, Date.now() - stepMs))).toEqual(wrong);
    const code = appCode(seedText);
    const waiting = [await half(me), await half(me), await half(me)];
    const answers = await Promise.all(
      waiting.map(({ staff: who }) => confirmSignIn(here.database, who, { code })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual([wrong, wrong]);
  });

  test("a recovery code is good once, for its own person, and is on record", async () => {
    const [me, other] = [await somebody(), await somebody()];
    const { codes } = await setUpFactor(here.database, me);
    await setUpFactor(here.database, other);
    const [first = ""] = codes;
    expect(await confirm(other, first)).toEqual(wrong);
    expect(await confirm(me, first.toLowerCase())).toMatchObject({ ok: true });
    expect(await confirm(me, first)).toEqual(wrong);
    expect(await viewOwnFactor(here.database, me)).toMatchObject({ codesLeft: 9 });
    expect((await lines(me)).slice(2)).toEqual([
      "use-recovery-code done",
      "sign-in done",
      "confirm-code refused wrongCode",
    ]);
  });

  test("T4: five wrong codes wait a quarter of an hour; tried by a stranger who has the password, they lock no known counter", async () => {
    const me = await somebody();
    const { codes } = await setUpFactor(here.database, me);
    for (let n = 1; n <= 4; n += 1) expect(await confirm(me, "000000", `made-up-${n}`)).toEqual(wrong);
    const locked = { ok: false, refusal: { why: "lockedCode" } };
    expect(await confirm(me, "000000", "made-up-5")).toEqual(locked);
    expect(await confirm(me, codes[0] ?? "", "made-up-6")).toEqual(locked);
    // The one tried while it was locked is not used up.
    expect(await confirm(me, codes[0] ?? "", "counter-1")).toMatchObject({ ok: true });
    // Somebody has the password: the person hears of it, once.
    expect((await listNotices(here.database, me)).map(({ kind }) => kind)).toEqual(["codeLocked"]);
    expect((await lines(me)).filter((line) => line.startsWith("confirm-code"))).toEqual([
      ...Array.from({ length: 4 }, () => "confirm-code refused wrongCode"),
      ...Array.from({ length: 2 }, () => "confirm-code refused lockedCode"),
    ]);
  });

  test("T4: whoever has the password alone ends nobody's session, however often they try", async () => {
    const me = await somebody();
    const { codes } = await setUpFactor(here.database, me);
    for (let n = 0; n < 5; n += 1) await half(me, "made-up");
    expect((await listOwnSessions(here.database, me)).map(({ isThis }) => isThis)).toEqual([true]);
    // Nor do the sessions that wait for a code count when the person comes in once more.
    expect(await confirm(me, codes[0] ?? "", "phone")).toMatchObject({ ok: true });
    expect((await listOwnSessions(here.database, me)).map(({ isThis }) => isThis)).toEqual([false, true]);
  });

  test("T8: an account that is closed between password and code does not come in", async () => {
    const me = await somebody();
    const { seedText } = await setUpFactor(here.database, me);
    const waiting = await half(me);
    await db().execute(
      sql`update app_session set revoked_at = clock_timestamp() where staff_id = ${me.staffId}`,
    );
    expect(await confirmSignIn(here.database, waiting.staff, { code: appCode(seedText) })).toEqual({
      ...{ ok: false, refusal: { why: "signedOut" } },
    });
  });
});

describe("switching it off", () => {
  const remove = (me: CurrentStaff, proof: string) => removeOwnFactor(here.database, me, { proof });
  const refused = { ok: false, refusal: { why: "badInput", fields: { proof: "wrongProof" } } };

  test.each(["password", "code"] as const)("takes the %s, and nothing of it stays", async (what) => {
    const me = await somebody();
    const { seedText } = await setUpFactor(here.database, me);
    expect(await remove(me, "not this one")).toEqual(refused);
    expect(await remove(me, "000000")).toEqual(refused);
    expect(await remove(me, what === "code" ? appCode(seedText) : password)).toEqual({
      ok: true,
      value: null,
    });
    expect(await remove(me, password)).toEqual({ ok: false, refusal: { why: "noFactor" } });
    expect(await db().select().from(secondFactor).where(eq(secondFactor.staffId, me.staffId))).toEqual([]);
    expect(await db().select().from(recoveryCode).where(eq(recoveryCode.staffId, me.staffId))).toEqual([]);
    expect((await half(me)).stage).toBe("in");
    expect((await lines(me)).filter((line) => line.startsWith("remove-factor"))).toEqual([
      "remove-factor refused wrongProof",
      "remove-factor refused wrongProof",
      "remove-factor done",
      "remove-factor refused noFactor",
    ]);
  });

  test("wrong passwords wait like at sign-in, and then the right one does too", async () => {
    const me = await somebody();
    await setUpFactor(here.database, me);
    for (let n = 1; n < 10; n += 1) expect(await remove(me, `guess ${n}`)).toEqual(refused);
    expect(await remove(me, "guess 10")).toMatchObject({ refusal: { why: "lockedProof" } });
    expect(await remove(me, password)).toMatchObject({ refusal: { why: "lockedProof" } });
    expect(await viewOwnFactor(here.database, me)).toMatchObject({ state: "on" });
  });
});
