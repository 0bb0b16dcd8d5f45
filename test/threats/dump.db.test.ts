import { randomUUID } from "node:crypto";
import { Secret as Secret32 } from "otpauth";
import pg from "pg";
import { expect, test } from "vitest";
import { readStaff } from "#lib/auth/current-staff.ts";
import { addStaff } from "#lib/auth/people/add-staff.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { confirmPin } from "#lib/auth/step-up.ts";
import { env } from "#lib/env.ts";
import { findSecrets, type Secret } from "#scripts/canary/forms.ts";
import { plant, readTables } from "#scripts/canary/tables.ts";
import { openCounter } from "#test/counter.ts";
import { setUpFactor } from "#test/second-factor.ts";

const counter = openCounter();
const { open } = counter;

/** Made up to be recognised wherever they turn up. */
const canary = { password: "canary-password-Jt5Rc8bn", wrong: "canary-wrong-Kk2Wm9qa", pin: "975310" };

/** A day of the shop: people come and go, money goes back, keys are refused. */
async function useTheShop(): Promise<Secret[]> {
  const { shop, ctx } = open();
  const owner = await counter.hire(shop.shop.id, "owner");
  const wish = { username: "canary", name: "小美", role: "manager", storeIds: [shop.shop.id] } as const;
  const added = await addStaff(counter.database, owner, {
    ...wish,
    password: canary.password,
    pin: canary.pin,
  });
  expect(added).toMatchObject({ ok: true });
  const enter = (password: string) =>
    signIn(counter.database, { username: "canary", password, deviceId: "counter-1" });
  await enter(canary.wrong);
  const entered = [await enter(canary.password), await enter(canary.password)];
  const sids = entered.flatMap((one) => (one.ok ? [one.value] : []));
  const manager = await readStaff(counter.database, sids[0] ?? "", { isAction: true });
  if (!manager) throw new Error("not signed in");
  const at = await counter.order("paid");
  const requestNo = await counter.asked(at);
  await confirmPin(counter.database, manager, { pin: "975311", subject: requestNo });
  expect(await confirmPin(counter.database, manager, { pin: canary.pin, subject: requestNo })).toMatchObject({
    ok: true,
  });
  expect(await counter.approve(at, requestNo, manager)).toMatchObject({ ok: true });
  await counter.settled(at, "SUCCEEDED");
  await counter.order("open");
  await ctx.openAccount(shop.account.id);
  const { seedText, codes } = await setUpFactor(counter.database, manager);
  const seed = seedText.replaceAll(" ", "");
  return [
    ...sids.map((value) => ({ name: "session id", value, mayBeHashed: true })),
    { name: "seed", value: seed },
    { name: "seed", value: Buffer.from(Secret32.fromBase32(seed).bytes) },
    ...codes
      .flatMap((code) => [code, code.replace("-", "")])
      .map((value) => ({ name: "recovery code", value })),
  ];
}

test("T15: a dump of a used database holds no key, password, PIN, session id, seed or recovery code, in clear, Base64, hex or as its SHA-256", async () => {
  const used = await useTheShop();
  const secrets: Secret[] = [
    ...Object.entries(canary).map(([name, value]) => ({ name, value })),
    ...Object.entries(open().simulator.settings.secrets).map(([name, value]) => ({ name, value })),
    ...used,
    { name: "master key", value: env().STOREDESK_MASTER_KEY },
    { name: "NEXTAUTH_SECRET", value: env().NEXTAUTH_SECRET },
  ];
  expect(secrets.length).toBeGreaterThan(30);
  const dump = new pg.Client({ connectionString: counter.url });
  await dump.connect();
  const planted = `planted-${randomUUID()}`;
  await plant(dump, planted);
  const places = await readTables(dump).finally(() => dump.end());
  expect(findSecrets(places, secrets)).toEqual([]);
  // What is planted in five forms, and what is known to be there, is found: the search is not blind.
  expect(findSecrets(places, [{ name: "planted", value: planted }])).toHaveLength(5);
  expect(findSecrets(places, [{ name: "a name", value: "小美" }]).length).toBeGreaterThan(0);
  process.stdout.write(
    `| dump | ${secrets.length} secrets in ${places.length} columns of a used database: 0 found |\n`,
  );
});
