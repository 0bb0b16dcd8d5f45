import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { permissions, roles } from "#lib/domain/staff.ts";
import { freshDatabase } from "#test/database.ts";
import { actionsOfTheCode, addressesOfTheCode, triedOverHttp, useCasesOfTheCode } from "./matrix/census.ts";
import { isLetThrough, type Row } from "./matrix/row.ts";
import { buildWorld, changedSince, stampTables, standings, type World } from "./matrix/world.ts";

// Its own settings and stand-ins reach no module that an earlier file of this worker has read.
vi.hoisted(() => vi.resetModules());
const ours = vi.hoisted(() => "http://localhost:3000");
const browser = vi.hoisted(() => ({ cookies: new Map<string, string>(), origin: ours as string | null }));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => browser.cookies.has(name) && { name, value: browser.cookies.get(name) },
    set: (name: string, value: string) => browser.cookies.set(name, value),
    delete: (name: string) => browser.cookies.delete(name),
  }),
  headers: async () =>
    new Headers({ host: "localhost:3000", ...(browser.origin === null ? {} : { origin: browser.origin }) }),
}));

vi.mock("next/navigation", () => ({
  redirect: () => {
    throw new Error("NEXT_REDIRECT");
  },
}));

/** Words do not matter here: each is its key. */
vi.mock("next-intl/server", () => ({
  getTranslations: async () => Object.assign((key: string) => key, { has: () => false }),
  getFormatter: async () => ({ list: (words: string[]) => words.join() }),
}));

const here = freshDatabase();
process.env.DATABASE_URL = here.url;
const { accounts } = await import("./matrix/accounts.ts");
const { deeds } = await import("./matrix/deeds.ts");
const { addresses, others } = await import("./matrix/doors.ts");
const { drills } = await import("./matrix/drill.ts");
const { factors } = await import("./matrix/factors.ts");
const { passkeys } = await import("./matrix/passkeys.ts");
const { screens } = await import("./matrix/screens.ts");
const { shops } = await import("./matrix/shops.ts");
const { views } = await import("./matrix/views.ts");
const { readings } = await import("./matrix/readings.ts");
const { appDatabase } = await import("#lib/db/pool.ts");
const rows: readonly Row[] = [
  ...deeds,
  ...accounts,
  ...factors,
  ...passkeys,
  ...screens,
  ...shops,
  ...views,
  ...drills,
  ...others,
  ...addresses,
  ...readings,
];

let world: World;
beforeAll(async () => {
  world = await buildWorld(here.database);
});
afterAll(async () => {
  await world.close();
  await appDatabase().pool.end();
});

/** What keeps count of callers, whatever becomes of the call. */
const ofCallers = ["app_session", "audit_event", "audit_head", "guess_lock", "step_up"];

async function newLines(since: number) {
  const { rows: lines } = await here.database.db.execute<{ outcome: string }>(
    sql`select outcome from audit_event where seq > ${since}`,
  );
  return lines.map(({ outcome }) => outcome);
}

async function lastSeq(): Promise<number> {
  const { rows: heads } = await here.database.db.execute<{ seq: string }>(sql`select seq from audit_head`);
  return Number(heads[0]?.seq ?? 0);
}

/** What keeps a session from being in. */
const holds = {
  "whose screen is locked": sql`update app_session set locked_at = clock_timestamp()`,
  "who still owes the code": sql`update app_session set awaits_code = true`,
} as const;
type Hold = keyof typeof holds;
/** What somebody may do who is not quite in: leave, and what opens the screen. */
const forAnybody = [
  "signOutAction",
  "lockScreenAction",
  "unlockScreenAction",
  "confirmCodeAction",
  "askPasskeyAction",
  "confirmPasskeyAction",
];

/** What somebody got, in one word, and what it moved. */
async function tryCell(
  row: Row,
  [role, standing]: readonly [(typeof roles)[number], (typeof standings)[number]],
  hold?: Hold,
) {
  const who = world.personAs(role, standing);
  const reach = await row.arrange({ world, who, isTheirs: standing === "works there" });
  browser.cookies = await world.signIn(who, standing);
  await reach.prepare?.();
  if (hold) await here.database.db.execute(sql`${holds[hold]} where staff_id = ${who.id}`);
  const [before, since] = [await stampTables(here.database), await lastSeq()];
  const answer = JSON.stringify(await reach.call()) ?? "";
  const moved = changedSince(before, await stampTables(here.database));
  const kept = [...ofCallers, ...(row.alsoMoves ?? [])];
  const lines = moved.includes("audit_event") ? await newLines(since) : [];
  const isGot = reach.mark
    ? answer.includes(reach.mark)
    : answer.includes('"ok":true') || answer === '"NEXT_REDIRECT"';
  return { isGot, answer, lines, beyond: moved.filter((name) => !kept.includes(name)), moved };
}

/** What is wrong with a cell; empty: nothing. */
async function faultsOf(row: Row, role: (typeof roles)[number], standing: (typeof standings)[number]) {
  const cell = `${role} who ${standing}`;
  const { isGot, answer, lines, beyond, moved } = await tryCell(row, [role, standing]);
  if (isLetThrough(row, role, standing)) {
    const isOnRecord = row.kind === "reading" || row.isSilent || lines.includes("done");
    return [
      ...(isGot ? [] : [`${cell}: was not let through: ${answer.slice(0, 300)}`]),
      ...(isOnRecord ? [] : [`${cell}: left no line`]),
    ];
  }
  const isOut = standing === "is signed out";
  const wanted = row.kind === "reading" || row.isSilent || isOut ? [] : ["refused"];
  const isAsWanted = row.kind === "reading" || lines.join() === wanted.join();
  return [
    ...(isGot && !row.isAlike ? [`${cell}: got it: ${answer.slice(0, 300)}`] : []),
    ...(beyond.length > 0 || (isOut && moved.length > 0 && !row.alsoMoves)
      ? [`${cell}: moved ${moved.join()}`]
      : []),
    ...(isAsWanted ? [] : [`${cell}: left the lines [${lines.join()}], not [${wanted.join()}]`]),
  ];
}

describe("who may do and read what, at which store", () => {
  test.each(rows.map((row) => [row.name, row] as const))(
    "T6, T7: %s, by every role in every standing",
    async (_, row) => {
      const faults: string[] = [];
      for (const role of roles)
        for (const standing of standings) faults.push(...(await faultsOf(row, role, standing)));
      expect(faults).toEqual([]);
    },
  );

  const actions = rows.filter(({ covers }) => covers.some((name) => name.includes("/actions.ts ")));
  test.each([
    ["nobody", null],
    ["a sandbox", "null"],
    ["another site", "https://evil.example"],
    ["a look-alike", "http://localhost:3000.evil.example"],
  ])("T3: every action by somebody who may, from a page of %s: nothing moves", async (_, origin) => {
    const got: string[] = [];
    for (const row of actions) {
      const role = roles.find((one) => isLetThrough(row, one, "works there")) ?? "owner";
      browser.origin = origin;
      const { moved } = await tryCell(row, [role, "works there"]).finally(() => {
        browser.origin = ours;
      });
      if (moved.length > 0) got.push(`${row.name}: ${moved}`);
    }
    expect(got).toEqual([]);
    expect(actions).toHaveLength(actionsOfTheCode.length);
  });

  test.each(Object.keys(holds) as Hold[])(
    "T10: every action, address and reading by somebody %s: nothing is read, nothing moves",
    async (hold) => {
      const got: string[] = [];
      for (const row of rows.filter(
        ({ name, scope }) => scope !== "public" && !forAnybody.some((one) => name.endsWith(one)),
      )) {
        const role = roles.find((one) => isLetThrough(row, one, "works there")) ?? "owner";
        const { isGot, moved } = await tryCell(row, [role, "works there"], hold);
        const beyond = moved.filter((name) => !(row.alsoMoves ?? []).includes(name));
        if ((isGot && !row.isAlike) || beyond.length > 0)
          got.push(`${row.name}: ${isGot ? "got it" : ""} ${beyond}`);
      }
      expect(got).toEqual([]);
    },
  );

  test("T6, T7: every permission, action, address and use-case of the code has a row, and no row is about what is gone", () => {
    const covered = new Set([...rows.flatMap(({ covers }) => covers), ...triedOverHttp]);
    const contained = [...actionsOfTheCode, ...addressesOfTheCode, ...useCasesOfTheCode];
    const lacking = contained.filter((name) => !covered.has(name));
    expect(lacking, "each wants a row in test/threats/matrix: who may, and what is reached for").toEqual([]);
    expect([...covered].filter((name) => !contained.includes(name))).toEqual([]);
    const used = new Set(rows.map(({ permission }) => permission));
    expect(permissions.filter((one) => !used.has(one))).toEqual([]);
    const cells = rows.length * roles.length * standings.length;
    expect(cells).toBeGreaterThanOrEqual(400);
    const parts = `${actionsOfTheCode.length} actions, ${addressesOfTheCode.length} addresses, ${useCasesOfTheCode.length} use-cases, ${permissions.length} permissions`;
    process.stdout.write(
      `| roles × stores | ${rows.length} rows × ${roles.length} roles × ${standings.length} standings = ${cells} cells | ${parts} |\n`,
    );
  });
});
