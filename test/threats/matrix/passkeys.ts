import { eq, sql } from "drizzle-orm";
import { addPasskeyAction, beginPasskeyAction, removePasskeyAction } from "#app/(staff)/me/actions.ts";
import { askPasskeyAction, confirmPasskeyAction } from "#app/signin/actions.ts";
import { recoveryHash } from "#lib/auth/factor/recovery-codes.ts";
import { recoveryKey } from "#lib/db/keys/kept-key.ts";
import { passkey, recoveryCode } from "#lib/db/schema.ts";
import { passkeyDevice } from "#test/passkey-device.ts";
import { type Cell, everybody, type Row } from "./row.ts";

const own = (name: string) => `app/(staff)/me/actions.ts ${name}`;
const step = (name: string) => `app/signin/actions.ts ${name}`;
const device = passkeyDevice();
const asked = JSON.stringify({ challenge: "c3RvcmVkZXNr" });

async function without({ world: { database }, who }: Cell): Promise<void> {
  await database.db.delete(recoveryCode).where(eq(recoveryCode.staffId, who.id));
  await database.db.delete(passkey);
}

/** A recovery code in place of the password, which other rows change. */
async function withCode({ world: { database }, who }: Cell): Promise<string> {
  const codeHash = recoveryHash(await recoveryKey(database.db), who.id, "ABCDE23456");
  await database.db.insert(recoveryCode).values({ staffId: who.id, codeHash });
  return "ABCDE-23456";
}

/** The person's passkey, of which the device is theirs; without a count, so that one device serves every cell. */
async function withPasskey(cell: Cell): Promise<string> {
  await without(cell);
  const { world, who } = cell;
  const made = await world.database.db
    .insert(passkey)
    .values({
      staffId: who.id,
      name: "Phone",
      credentialId: device.id,
      publicKey: device.publicKey,
      useCount: 0,
      transports: [],
    })
    .returning({ id: passkey.id });
  return made[0]?.id ?? "";
}

/** What their session is asked to sign. */
const challenge = ({ world: { database }, who }: Cell, purpose: "add" | "enter") =>
  database.db.execute(sql`
    insert into passkey_challenge (session_id, purpose, challenge, name, expires_at)
    select id, ${purpose}, 'c3RvcmVkZXNr', 'Phone', clock_timestamp() + interval '1 minute' from app_session
     where staff_id = ${who.id} and revoked_at is null order by created_at desc limit 1
    on conflict (session_id) do update set challenge = excluded.challenge, purpose = excluded.purpose`);

const owesIt = ({ world: { database }, who }: Cell) =>
  database.db.execute(sql`
    update app_session set awaits_code = true where id = (
      select id from app_session where staff_id = ${who.id} and revoked_at is null order by created_at desc limit 1)`);

/** Passkeys: one's own, and the second step of signing in with one. */
export const passkeys: readonly Row[] = [
  {
    ...{ name: own("beginPasskeyAction"), scope: "house", kind: "deed", may: everybody },
    covers: [own("beginPasskeyAction")],
    arrange: async (cell) => {
      await without(cell);
      const proof = await withCode(cell);
      return { call: () => beginPasskeyAction({ name: "Phone", proof }) };
    },
  },
  {
    ...{ name: own("addPasskeyAction"), scope: "house", kind: "deed", may: everybody },
    covers: [own("addPasskeyAction")],
    arrange: async (cell) => {
      await without(cell);
      return {
        prepare: () => challenge(cell, "add"),
        call: () => addPasskeyAction(device.make(asked)),
      };
    },
  },
  {
    ...{ name: own("removePasskeyAction"), scope: "house", kind: "deed", may: everybody },
    covers: [own("removePasskeyAction")],
    arrange: async (cell) => {
      const passkeyId = await withPasskey(cell);
      const proof = await withCode(cell);
      return { call: () => removePasskeyAction({ passkeyId, proof }) };
    },
  },
  {
    // The question alone is not on record; the answer is.
    ...{ name: step("askPasskeyAction"), scope: "house", kind: "deed", may: everybody, isSilent: true },
    covers: [step("askPasskeyAction")],
    arrange: async (cell) => {
      await withPasskey(cell);
      return { prepare: () => owesIt(cell), call: () => askPasskeyAction({}) };
    },
  },
  {
    ...{ name: step("confirmPasskeyAction"), scope: "house", kind: "deed", may: everybody },
    covers: [step("confirmPasskeyAction")],
    arrange: async (cell) => {
      await withPasskey(cell);
      return {
        prepare: async () => {
          await owesIt(cell);
          await challenge(cell, "enter");
        },
        call: () => confirmPasskeyAction(device.use(asked)),
      };
    },
  },
];
