import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "#lib/db/audit.ts";
import { openCounter } from "../../counter.ts";
import { isExhaustive } from "../../thoroughness.ts";
import { type Deed, type DeedName, deedsAt } from "./deeds.ts";
import { type MoneyCall, type Profile, scan2pay } from "./profile.ts";
import { type Counter, leaveAlone, recover } from "./recover.ts";
import { type Blow, makeVictim } from "./victim.ts";
import { answersKept, mustHold, timesTold } from "./witness.ts";

/** What the gateway does to the call of a deed, besides what happens to the process; a second call is answered well. */
const moods = [
  { mood: "answers well", fault: null },
  { mood: "loses the answer", fault: { kind: "lost-after-effect" } },
  { mood: "loses the request", fault: { kind: "lost-before-effect" } },
  { mood: "takes it and does it later", fault: { kind: "pending-then-success", delayMs: 1 } },
  { mood: "refuses it", fault: "refusal" },
] as const;

const moneyCalls: readonly MoneyCall[] = ["refund", "cancel"];
const isWrite = (step: string) => !step.startsWith("select");
const isOfCall = (step: string) => step.startsWith("gateway ");
type Sort = { readonly blow: Blow; readonly isMet?: (step: string) => boolean };
/**
 * `npm test`: a death at every step, and a broken line at every write; of a second gateway, whose statements are the same, a
 * death at every step of a call. `npm run faults`: everything at every step, in every mood, at each gateway.
 */
const every: readonly Sort[] = [{ blow: "dies" }, { blow: "reply-lost" }, { blow: "statement-lost" }];
const some: readonly Sort[] = [{ blow: "dies" }, { blow: "reply-lost", isMet: isWrite }];
const ofCalls: readonly Sort[] = [{ blow: "dies", isMet: isOfCall }];
const casesOf = (sorts: readonly Sort[]) =>
  (isExhaustive ? every : sorts).flatMap((sort) =>
    (isExhaustive ? moods : moods.slice(0, 1)).map((one) => ({ ...sort, ...one })),
  );
type Case = ReturnType<typeof casesOf>[number];

type Point = { readonly deed: Deed; readonly how: Case; readonly at: number };

/** Does the deed on a new order, struck at its n-th step, lets another instance clean up, and looks; false: there is no n-th step. */
async function strikeAndLook(counter: Counter, profile: Profile, { deed, how, at }: Point): Promise<boolean> {
  const { services, refusals } = profile;
  const it = await deed.prepare();
  const isWell = how.fault === null;
  for (const call of isWell ? [] : moneyCalls) {
    const fault = how.fault === "refusal" ? refusals[call] : how.fault;
    const about = { service: services[call], storeOrderNo: it.at.orderNo };
    await counter.control("POST", "faults", { ...fault, ...about });
  }
  const victim = makeVictim(counter, { ...how, at });
  const end = await victim.run((ctx) => deed.act(ctx, it));
  // Whoever lives has read the answer to what it wrote, and keeps it whatever happens to its connections.
  const hasAnswer =
    isWell && end !== "dead" && victim.steps.some((step) => /(refund|cancel): writes/.test(step));
  const kept = hasAnswer ? await answersKept(counter, profile, it.at) : 1;
  await victim.bury();
  await deed.by?.again(it);
  await recover(counter, counter.open().ctx, it.at);
  const told = deed.by ? await timesTold(counter, it.at, deed.by.told) : 1;
  const state = await mustHold(counter, it.at);
  const isRight = isWell ? deed.ends.includes(state) : true;
  expect({ at, step: victim.struckAt(), state, kept, told, isRight }).toMatchObject({
    kept: 1,
    told: 1,
    isRight: true,
  });
  await leaveAlone(counter, it.at);
  return victim.struckAt() !== null;
}

/** One test for each of these deeds and each way to be struck; prints how many points there were. */
export function strikeEverywhere(names: readonly DeedName[], profile: Profile = scan2pay): void {
  const counter = openCounter({ hasClerk: false, isKsher: profile.isKsher });
  const cases = casesOf(profile === scan2pay ? some : ofCalls);
  const deeds = deedsAt(counter, profile).filter(({ name }) => names.includes(name));
  const points = new Map<string, number>();
  beforeAll(async () => {
    await counter.control("POST", "settings", { rateLimit: false, ...profile.settings });
    await counter.database.db.execute(sql`update gateway_lane set gap_ms = 0`);
  });
  afterAll(() => {
    const sum = [...points.values()].reduce((total, one) => total + one, 0);
    const lines = [...points].map(([name, count]) => `  ${name}: ${count}`);
    console.log(`\n${sum} crash points at ${profile.name}:\n${lines.join("\n")}\n`);
  });
  describe.each(deeds)(
    `scenario 44: ${profile.name}: $name, and whoever does it is struck at each step`,
    (deed) => {
      test.each(cases)(
        "$blow, the gateway: $mood; nothing twice, nothing lost, nothing called wrong",
        { timeout: 1_800_000 },
        async (how) => {
          let at = 1;
          while (await strikeAndLook(counter, profile, { deed, how, at })) at += 1;
          points.set(`${deed.name}, ${how.blow}, ${how.mood}`, at - 1);
          expect(at).toBeGreaterThan(1);
          expect(await verifyAudit(counter.database)).toMatchObject({ isWhole: true });
        },
      );
    },
  );
}
