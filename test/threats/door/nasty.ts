import {
  type Answer,
  actionsOfTheBuild,
  addressesOfTheBuild,
  ask,
  callAction,
  pagesOfTheBuild,
} from "./caller.ts";

/** What may stand where a number or a word is expected in an address; percent-encoded. */
const numbers = [
  "%00",
  "a%00b",
  "%25",
  "%F0%9F%92%A9",
  "..%2f..%2fetc",
  "'%3B--",
  "x".repeat(300),
  "__proto__",
];

/** Half a letter: at an address below `/api/` Next itself answers it with a 500 before any code of ours. */
const halfLetter = "%ED%A0%80";

/** Texts that no list of ours means. */
const words = [
  ...["%00", "a%00", "%25", "%ED%A0%80", "9999-99-99T99:99:99.999999Z~0b6f8d8e-0000-4000-8000-000000000001"],
  ...[
    "2026-02-30T00:00:00.000000Z~0b6f8d8e-0000-4000-8000-000000000001",
    "0000-01-01",
    "9999-12-31",
    "1e309",
    "'%3B--",
  ],
];
const names = [
  "no",
  "before",
  "after",
  "day",
  "dayTo",
  "from",
  "amount",
  "state",
  "kind",
  "who",
  "order",
  "q",
  "next",
  "list",
  "tab",
  "check",
  "with",
];

/** Those addresses with each of their numbers made into something else. */
const nastyPaths = (paths: readonly string[], parts: readonly string[]): string[] =>
  paths.flatMap((path) => {
    const all = path.split("/");
    return all.flatMap((part, at) =>
      /\d|xinyi|manager/.test(part)
        ? parts.filter((_, no) => (no + at) % 2 === 0).map((nasty) => all.with(at, nasty).join("/"))
        : [],
    );
  });

/** Addresses of lists with everything that their search parameters may hold. */
const nastyQueries = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => words.map((word) => `${path}?${names.map((name) => `${name}=${word}`).join("&")}`));

/** Bodies for server actions, as React sends them; what is no such message, Next itself answers with a 500 before any code of ours. */
const nastyBodies: readonly string[] = [
  JSON.stringify([
    { account: "a\u0000", orderNo: "\u0000", requestNo: "Q\u0000", username: "\u0000", name: "\u0000" },
  ]),
  '[{"requestNo":"\\ud800","note":"\\udc00","reason":"\\ud800"}]',
  "[null]",
  '["$undefined"]',
  '[{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}]',
];

const lists = [
  "/orders",
  "/audit",
  "/search",
  "/approvals",
  "/requests",
  "/signin",
  "/api/exports/orders",
  "/api/exports/audit",
];

/** Asks every page, address and action of the build as somebody signed in, and says what answered that it fell over. */
export async function throwEverything(origin: string, cookie: string) {
  const fallen: string[] = [];
  let thrown = 0;
  const look = (what: string, { status }: Answer) => {
    thrown += 1;
    if (status >= 500) fallen.push(`${what}: ${status}`);
  };
  for (const path of [
    ...nastyPaths(pagesOfTheBuild(), [...numbers, halfLetter]),
    ...nastyPaths(addressesOfTheBuild(), numbers),
    ...nastyQueries(lists),
  ])
    look(path, await ask(`${origin}${path}`, { cookie }));
  // Whoever leaves or locks the screen is let in nowhere after it.
  const actions = actionsOfTheBuild().filter(({ name }) => !/signOut|lock/i.test(name));
  for (const [turn, action] of actions.entries())
    for (const body of nastyBodies.filter((_, no) => no % 2 === turn % 2))
      look(`${action.name} ${body}`, await callAction(origin, { ...action, body }, { cookie, origin }));
  return { fallen, thrown };
}
