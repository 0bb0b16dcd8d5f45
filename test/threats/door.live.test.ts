import { globSync, readFileSync } from "node:fs";
import { decode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scriptFlags } from "#scripts/launch/programs.mjs";
import { askBooks, closeDesk, type Desk, envBeside, findPlace, openDesk, type Place, run } from "../app.ts";
import { comeIn } from "../teller.ts";
import { whatPeopleDid } from "./door/books.ts";
import {
  type Answer,
  actionsOfTheBuild,
  addressesOfTheBuild,
  ask,
  callAction,
  detours,
  pagesOfTheBuild,
} from "./door/caller.ts";
import { throwEverything } from "./door/nasty.ts";
import { actionsOfTheCode, addressesOfTheCode } from "./matrix/census.ts";

/** The built desk, asked as somebody would who has no browser and means no good. */
const orderNo = "PO180101001";
let place: Place;
let desk: Desk;
let words: string[] = [];

beforeAll(async () => {
  place = await findPlace();
  desk = await openDesk(place);
  const cashier = await comeIn(place.origin, "cashier");
  await (await cashier.get(`${place.origin}/search?q=${orderNo}`)).text();
  const asked = await run(process.execPath, [...scriptFlags, "test/approved-refund.ts"], {
    env: { ...envBeside(place), REFUND_ORDER_NO: orderNo, REFUND_ONLY_ASKED: "1" },
  });
  expect(asked.stdout.trim()).toBe("Q000001");
  const named = await askBooks<{ word: string }>(
    place,
    "select name as word from store union select name from staff",
  );
  // A name that is also a word of the dashboard proves nothing: every page carries those.
  const dictionary = globSync("messages/*.json").map((file) => readFileSync(file, "utf8"));
  words = named.map(({ word }) => word).filter((word) => !dictionary.some((text) => text.includes(word)));
  expect(words.length).toBeGreaterThan(5);
});
afterAll(() => closeDesk(place, desk));

const at = (path: string) => `${place.origin}${path}`;
/** What stands on pages and in answers to staff, and nowhere else: names of stores and people. */
const wordsIn = ({ text }: Answer) => words.filter((word) => text.includes(word));
/** The action refused somebody who is not signed in, or led them to the sign-in page. */
const isSentAway = ({ text, head }: Answer) =>
  text.includes('"why":"signedOut"') || (head.get("x-action-redirect") ?? "").startsWith("/signin");

describe("server actions", () => {
  test("T1: every action of the build called without a session: refused, nothing changed, as many as the code has", async () => {
    const actions = actionsOfTheBuild();
    const before = await whatPeopleDid(place);
    const got: string[] = [];
    for (const action of actions) {
      const answer = await callAction(place.origin, action, { origin: place.origin });
      if (!isSentAway(answer)) got.push(`${action.name}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
    expect(got).toEqual([]);
    expect(await whatPeopleDid(place)).toBe(before);
    expect(actions.map(({ name }) => name).toSorted()).toEqual(actionsOfTheCode.toSorted());
    process.stdout.write(
      `| server actions | ${actions.length} in the manifest of the build, each called without a session |\n`,
    );
  });

  test("F37: whatever stands in an address or in what an action is sent, nothing falls over it", async () => {
    const { cookie } = await comeIn(place.origin, "owner");
    const { fallen, thrown } = await throwEverything(place.origin, cookie);
    expect(fallen).toEqual([]);
    expect(desk.said()).not.toContain("an action failed");
    process.stdout.write(
      `| fuzz over HTTP | ${thrown} requests to every page, address and action: 0 fell over |\n`,
    );
  });

  test("T3: every action called by a signed-in manager with no Origin, null, a foreign or a look-alike one: refused, nothing changed", async () => {
    const { cookie } = await comeIn(place.origin, "manager");
    const { port } = new URL(place.origin);
    const origins = [
      undefined,
      "null",
      "https://evil.example",
      `http://127.0.0.1.evil.example:${port}`,
      `http://127.0.0.1:${Number(port) + 1}`,
      `http://evil.example/${place.origin}`,
    ];
    const before = await whatPeopleDid(place);
    const got: string[] = [];
    let calls = 0;
    for (const action of actionsOfTheBuild())
      for (const origin of origins) {
        const { status, text, head } = await callAction(place.origin, action, {
          cookie,
          ...(origin ? { origin } : {}),
        });
        const isRefused =
          text.includes('"why":"badOrigin"') || status >= 400 || head.has("x-action-redirect");
        if (!isRefused) got.push(`${action.name} from ${origin}: ${status} ${text.slice(0, 200)}`);
        calls += 1;
      }
    expect(got).toEqual([]);
    expect(await whatPeopleDid(place)).toBe(before);
    process.stdout.write(
      `| foreign origins | ${calls} calls of actions by a signed-in manager, none had an effect |\n`,
    );
  }, 60_000);
});

describe("pages and addresses", () => {
  test("T2: every page and address by every detour, without a session: no name of a store or person, no row changed", async () => {
    const [pages, addresses] = [pagesOfTheBuild(), addressesOfTheBuild()];
    const before = await whatPeopleDid(place);
    const got: string[] = [];
    for (const path of [...pages, ...addresses])
      for (const { suffix = "", headers = {} } of detours) {
        const answer = await ask(at(path + suffix), headers);
        const found = wordsIn(answer);
        if (found.length > 0)
          got.push(`${path}${suffix} ${JSON.stringify(headers)}: ${answer.status} ${found}`);
      }
    expect(got).toEqual([]);
    expect(await whatPeopleDid(place)).toBe(before);
    expect(addresses).toHaveLength(addressesOfTheCode.length);
    const count = (pages.length + addresses.length) * detours.length;
    process.stdout.write(
      `| detours | ${pages.length} pages and ${addresses.length} addresses × ${detours.length} = ${count} requests without a session |\n`,
    );
  }, 60_000);

  test("T2: the same search finds the names for somebody who is signed in, so it is not blind", async () => {
    const { cookie } = await comeIn(place.origin, "manager");
    const blind: string[] = [];
    for (const path of pagesOfTheBuild().filter((page) => !page.startsWith("/admin")))
      if (wordsIn(await ask(at(path), { cookie })).length === 0) blind.push(path);
    expect(blind).toEqual([]);
  });

  test("T7: the people of another shop get every page with this shop's numbers, and read nothing of it", async () => {
    const [{ word: store = "" } = {}] = await askBooks<{ word: string }>(
      place,
      "select name as word from store where code = '00001'",
    );
    const people = await askBooks<{ word: string }>(
      place,
      `select p.name as word from staff p where exists (select 1 from staff_store x join store s on s.id = x.store_id where x.staff_id = p.id and s.code = '00001')
         and not exists (select 1 from staff_store x join store s on s.id = x.store_id where x.staff_id = p.id and s.code = '00002')`,
    );
    const theirs = [store, ...people.map(({ word }) => word)];
    const got: string[] = [];
    for (const username of ["siam-cashier", "siam-manager"]) {
      const { cookie } = await comeIn(place.origin, username);
      for (const path of [...pagesOfTheBuild(), ...addressesOfTheBuild()]) {
        const { text } = await ask(at(path), { cookie });
        const found = theirs.filter((word) => text.includes(word));
        if (found.length > 0) got.push(`${username} ${path}: ${found}`);
      }
    }
    expect(theirs.length).toBeGreaterThan(2);
    expect(got).toEqual([]);
  });
});

describe("sessions", () => {
  const tokenOf = (cookie: string) => cookie.slice(cookie.indexOf("=") + 1);
  const secret = () => String(envBeside(place).NEXTAUTH_SECRET);
  const read = (cookie: string) => ask(at("/api/counter"), { cookie });

  async function csrf(cookie: string) {
    const answer = await ask(at("/api/auth/csrf"), { cookie });
    const [line = ""] = answer.head.getSetCookie();
    return {
      token: JSON.parse(answer.text).csrfToken,
      cookies: `${cookie}; ${line.slice(0, line.indexOf(";"))}`,
    };
  }

  const post = (path: string, cookie: string, body: string, type: string) =>
    ask(at(path), { cookie, "content-type": type, origin: place.origin }, { method: "POST", body });

  test("T9: a forged update of the session changes nothing: the token keeps a session id and nothing else", async () => {
    const { cookie } = await comeIn(place.origin, "cashier");
    const { token, cookies } = await csrf(cookie);
    const forged = { csrfToken: token, data: { role: "owner", sid: "other", storeIds: ["x"], sub: "owner" } };
    const answer = await post("/api/auth/session", cookies, JSON.stringify(forged), "application/json");
    expect(Object.keys(JSON.parse(answer.text))).toEqual(["expires"]);
    const before = await decode({ token: tokenOf(cookie), secret: secret() });
    const renewed = answer.head
      .getSetCookie()
      .flatMap((line) => /storedesk-\d+=([^;]+)/.exec(line)?.[1] ?? []);
    expect(renewed).toHaveLength(1);
    for (const one of renewed) {
      const after = await decode({ token: one, secret: secret() });
      expect(Object.keys(after ?? {}).toSorted()).toEqual(["exp", "iat", "jti", "sid"]);
      expect(after?.sid).toBe(before?.sid);
    }
    expect((await ask(at("/audit"), { cookie })).text).not.toContain("Q000001");
  });

  test("T10: a cookie replayed after signing out, by either way, opens nothing, and each sign-in has a session id of its own", async () => {
    const [one, other] = [await comeIn(place.origin, "cashier"), await comeIn(place.origin, "cashier")];
    expect(tokenOf(one.cookie)).not.toBe(tokenOf(other.cookie));
    expect((await read(one.cookie)).status).toBe(200);
    const { token, cookies } = await csrf(one.cookie);
    await post("/api/auth/signout", cookies, `csrfToken=${token}`, "application/x-www-form-urlencoded");
    expect((await read(one.cookie)).status).toBe(401);
    expect((await read(other.cookie)).status).toBe(200);
    const signOut = actionsOfTheBuild().find(({ name }) => name.endsWith(" signOutAction"));
    if (!signOut) throw new Error("nobody can sign out");
    await callAction(place.origin, signOut, { cookie: other.cookie, origin: place.origin });
    expect((await read(other.cookie)).status).toBe(401);
    const page = await ask(at("/"), { cookie: other.cookie });
    expect([page.status, wordsIn(page)]).toEqual([307, []]);
  });

  test("T10: a token in an Authorization header, genuine as it is, opens nothing at any page, address or action", async () => {
    const { cookie } = await comeIn(place.origin, "manager");
    const headers = { authorization: `Bearer ${tokenOf(cookie)}` };
    expect((await read(cookie)).status).toBe(200);
    const got: string[] = [];
    for (const path of [...pagesOfTheBuild(), ...addressesOfTheBuild()])
      if (wordsIn(await ask(at(path), headers)).length > 0) got.push(path);
    expect(got).toEqual([]);
    expect((await ask(at("/api/counter"), headers)).status).toBe(401);
    for (const action of actionsOfTheBuild()) {
      const answer = await callAction(place.origin, action, { ...headers, origin: place.origin });
      expect([action.name, isSentAway(answer)]).toEqual([action.name, true]);
    }
  });
});
