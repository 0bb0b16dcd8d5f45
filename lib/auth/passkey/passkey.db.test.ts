import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEvent, passkey, passkeyChallenge, recoveryCode, signInRule } from "#lib/db/schema.ts";
import type { PasskeyUsed } from "#lib/domain/passkey.ts";
import type { CurrentStaff } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { type Oddity, passkeyDevice } from "#test/passkey-device.ts";
import { peopleWith } from "#test/people.ts";
import { setUpFactor } from "#test/second-factor.ts";
import { makeSession } from "#test/shop.ts";
import { readSession, readStaff } from "../current-staff.ts";
import { hasFactor, listWaysIn } from "../factor/has-factor.ts";
import { removeOwnFactor } from "../factor/remove-factor.ts";
import { resetFactor } from "../factor/reset-factor.ts";
import { listOwnSessions } from "../own/sessions.ts";
import { confirmByPasskey } from "../session/confirm-by-passkey.ts";
import { confirmSignIn } from "../session/confirm-sign-in.ts";
import { signIn } from "../sign-in.ts";
import { addPasskey } from "./add-passkey.ts";
import { askPasskey } from "./ask-passkey.ts";
import { beginPasskey, listOwnPasskeys } from "./begin-passkey.ts";
import { removePasskey } from "./remove-passkey.ts";

const here = freshDatabase();
const db = () => here.database.db;
const password = "four rainy umbrellas";
const { atCounterAndPhone } = peopleWith(password, here);
const somebody = (role: "manager" | "owner" = "manager") => atCounterAndPhone(role);
const lines = async ({ staffId }: CurrentStaff, part: string) =>
  (await db().select().from(auditEvent).where(eq(auditEvent.staffId, staffId)).orderBy(auditEvent.seq))
    .filter(({ action }) => action.endsWith(part))
    .map(({ action, outcome, facts }) =>
      [action, outcome, facts.why ?? facts.passkey].filter(Boolean).join(" "),
    );

/** What the browser is asked to make a passkey for. */
async function begun(me: CurrentStaff, name = "Phone") {
  const answer = await beginPasskey(here.database, me, { name, proof: password });
  if (!answer.ok) throw new Error(answer.refusal.why);
  return answer.value;
}
async function withPasskey(me: CurrentStaff, name = "Phone") {
  const device = passkeyDevice();
  const answer = await addPasskey(here.database, me, device.make(await begun(me, name)));
  if (!answer.ok) throw new Error(answer.refusal.why);
  return { device, codes: answer.value };
}
/** The password at a device: the session that waits, and what its browser is asked to sign. */
async function half(me: CurrentStaff) {
  const answer = await signIn(here.database, { username: me.username, password, deviceId: "counter-1" });
  const session = answer.ok ? await readSession(here.database, answer.value, { isAction: false }) : null;
  if (!answer.ok || session?.stage !== "code") throw new Error("no session that waits");
  const asked = await askPasskey(here.database, session.staff);
  if (!asked.ok) throw new Error(asked.refusal.why);
  const enter = (used: PasskeyUsed) => confirmByPasskey(here.database, session.staff, used);
  return { sid: answer.value, staff: session.staff, asked: asked.value, enter };
}
const wrong = { ok: false, refusal: { why: "wrongPasskey" } };

describe("adding a passkey", () => {
  test("takes the password, gives recovery codes with the first, and signs everybody else out of the account", async () => {
    const me = await somebody();
    for (const proof of ["not this one", "000000"])
      expect(await beginPasskey(here.database, me, { name: "Phone", proof })).toEqual({
        ...{ ok: false, refusal: { why: "badInput", fields: { proof: "wrongProof" } } },
      });
    expect((await withPasskey(me)).codes).toHaveLength(10);
    expect((await withPasskey(me, "Key")).codes).toEqual([]);
    expect((await listOwnPasskeys(here.database, me)).map(({ name }) => name)).toEqual(["Phone", "Key"]);
    expect((await listOwnSessions(here.database, me)).map(({ isThis }) => isThis)).toEqual([true]);
    expect(await lines(me, "-passkey")).toEqual([
      "begin-passkey refused wrongProof",
      "begin-passkey refused wrongProof",
      "begin-passkey done Phone",
      "add-passkey done Phone",
      "begin-passkey done Key",
      "add-passkey done Key",
    ]);
  });

  test.each<[string, Oddity]>([
    ["made at another origin", { origin: "http://localhost:3001" }],
    ["made at our origin over another scheme", { origin: "https://localhost:3000" }],
    ["made for another host", { host: "storedesk.example" }],
    ["made for another challenge", { challenge: "AAAA" }],
    ["made without verifying its person", { isUnverified: true }],
  ])("one %s is refused, and the challenge is used up", async (_, odd) => {
    const me = await somebody();
    const device = passkeyDevice();
    const asked = await begun(me);
    expect(await addPasskey(here.database, me, device.make(asked, odd))).toEqual(wrong);
    expect(await addPasskey(here.database, me, device.make(asked))).toEqual(wrong);
    expect(await hasFactor(here.database, me.staffId)).toBe(false);
    expect(await addPasskey(here.database, me, device.make(await begun(me)))).toMatchObject({ ok: true });
  });

  test("an answer in another session, a second one, one too late and one passkey too many are refused", async () => {
    const me = await somebody();
    const elsewhere = { ...me, sessionId: await makeSession(here.database, me.staffId, "counter-2") };
    const device = passkeyDevice();
    const made = device.make(await begun(me));
    expect(await addPasskey(here.database, elsewhere, made)).toEqual(wrong);
    expect(await addPasskey(here.database, me, made)).toMatchObject({ ok: true });
    expect(await addPasskey(here.database, me, made)).toEqual(wrong);
    // Nor does the same passkey go onto another account.
    const other = await somebody();
    expect(await addPasskey(here.database, other, device.make(await begun(other)))).toEqual(wrong);
    const late = await begun(me);
    await db().update(passkeyChallenge).set({ expiresAt: sql`clock_timestamp()` });
    expect(await addPasskey(here.database, me, device.make(late))).toEqual(wrong);
    for (let n = 2; n <= 10; n += 1) await withPasskey(me, `Key ${n}`);
    expect(await beginPasskey(here.database, me, { name: "Key 11", proof: password })).toEqual({
      ...{ ok: false, refusal: { why: "tooManyPasskeys" } },
    });
  });
});

describe("signing in with a passkey", () => {
  test("T10: the password alone opens nothing; the passkey opens a session of its own, and the one that waited is over", async () => {
    const me = await somebody();
    const { device } = await withPasskey(me);
    const waiting = await half(me);
    expect(await readStaff(here.database, waiting.sid, { isAction: true })).toBe(null);
    const answer = await waiting.enter(device.use(waiting.asked));
    if (!answer.ok) throw new Error(answer.refusal.why);
    expect((await readStaff(here.database, answer.value, { isAction: true }))?.staffId).toBe(me.staffId);
    expect(await readSession(here.database, waiting.sid, { isAction: false })).toBe(null);
    expect(await waiting.enter(device.use(waiting.asked))).toMatchObject({ refusal: { why: "signedOut" } });
    expect((await listOwnPasskeys(here.database, me))[0]?.usedAt).not.toBe(null);
    expect(await lines(me, "use-passkey")).toEqual([
      "use-passkey done Phone",
      "use-passkey refused signedOut",
    ]);
    expect(await lines(me, "sign-in")).toEqual(["sign-in done"]);
  });

  test.each<[string, Oddity]>([
    ["signed at a look-alike page", { origin: "http://localhost:3000.example.com" }],
    ["signed for another host", { host: "example.com" }],
    ["signed over another challenge", { challenge: "AAAA" }],
    ["given without verifying its person", { isUnverified: true }],
    ["that counts back, as a copied one does", { count: 1 }],
    ["that counts no further than the one before", { count: 5 }],
    ["that names another account", { userHandle: Buffer.from("somebody else").toString("base64url") }],
  ])("T4: an answer %s is refused, and its challenge is used up", async (_, odd) => {
    const me = await somebody();
    const { device } = await withPasskey(me);
    const before = await half(me);
    expect(await before.enter(device.use(before.asked, { count: 5 }))).toMatchObject({ ok: true });
    const waiting = await half(me);
    const good = device.use(waiting.asked, { count: 6 });
    expect(await waiting.enter(device.use(waiting.asked, { count: 6, ...odd }))).toEqual(wrong);
    expect(await waiting.enter(good)).toEqual(wrong);
    const again = await half(me);
    expect(await again.enter(device.use(again.asked, { count: 7 }))).toMatchObject({ ok: true });
    expect((await lines(me, "use-passkey")).slice(1, 3)).toEqual([
      "use-passkey refused wrongPasskey",
      "use-passkey refused wrongPasskey",
    ]);
  });

  test("T4: an answer is good once: replayed in another session that waits, or twice at the same moment, it lets nobody in", async () => {
    const me = await somebody();
    const { device } = await withPasskey(me);
    const [first, second] = [await half(me), await half(me)];
    const used = device.use(first.asked);
    expect(await second.enter(used)).toEqual(wrong);
    const answers = await Promise.all([first.enter(used), first.enter(used), first.enter(used)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("another person's passkey and one that was removed let nobody in", async () => {
    const [me, other] = [await somebody(), await somebody()];
    const [{ device }, { device: theirs }] = [await withPasskey(me), await withPasskey(other)];
    const waiting = await half(me);
    expect(await waiting.enter(theirs.use(waiting.asked))).toEqual(wrong);
    const { device: second } = await withPasskey(me, "Key");
    const [phone] = await listOwnPasskeys(here.database, me);
    const left = await half(me);
    const remove = { passkeyId: phone?.passkeyId ?? "", proof: password };
    expect(await removePasskey(here.database, other, remove)).toMatchObject({
      refusal: { why: "noPasskey" },
    });
    expect(await removePasskey(here.database, me, remove)).toEqual({ ok: true, value: null });
    expect(await removePasskey(here.database, me, remove)).toMatchObject({ refusal: { why: "noPasskey" } });
    expect(await left.enter(device.use(left.asked))).toEqual(wrong);
    const last = await half(me);
    expect(await last.enter(second.use(last.asked))).toMatchObject({ ok: true });
  });
});

describe("beside the app and for a role that needs a second factor", () => {
  test("recovery codes and the app let in as before; with the last factor the codes go", async () => {
    const me = await somebody();
    const { codes } = await withPasskey(me);
    const recovered = await confirmSignIn(here.database, (await half(me)).staff, { code: codes[0] ?? "" });
    expect(recovered).toMatchObject({ ok: true });
    await setUpFactor(here.database, me);
    const [phone] = await listOwnPasskeys(here.database, me);
    await removePasskey(here.database, me, { passkeyId: phone?.passkeyId ?? "", proof: password });
    expect(await listWaysIn(here.database, me.staffId)).toEqual({
      ...{ hasApp: true, hasCodes: true, hasPasskey: false },
    });
    await removeOwnFactor(here.database, me, { proof: password });
    expect(await hasFactor(here.database, me.staffId)).toBe(false);
    expect(await db().select().from(recoveryCode).where(eq(recoveryCode.staffId, me.staffId))).toEqual([]);
  });

  test("a passkey is what the role demands, until an owner takes it away with everything else", async () => {
    const [me, owner] = [await somebody(), await somebody("owner")];
    await db().insert(signInRule).values({ role: "manager", needsFactor: true });
    const stage = async () => {
      const answer = await signIn(here.database, { username: me.username, password, deviceId: "desk" });
      return answer.ok ? (await readSession(here.database, answer.value, { isAction: false }))?.stage : null;
    };
    expect(await stage()).toBe("setUp");
    const { device } = await withPasskey(me);
    expect(await stage()).toBe("code");
    const waiting = await half(me);
    const answer = await waiting.enter(device.use(waiting.asked));
    expect(answer.ok && (await readStaff(here.database, answer.value, { isAction: true }))?.role).toBe(
      "manager",
    );
    expect(await resetFactor(here.database, owner, { username: me.username })).toMatchObject({ ok: true });
    expect(await db().select().from(passkey).where(eq(passkey.staffId, me.staffId))).toEqual([]);
    expect(await stage()).toBe("setUp");
    await db().delete(signInRule);
  });
});
